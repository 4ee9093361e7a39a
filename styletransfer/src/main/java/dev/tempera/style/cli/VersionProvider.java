package dev.tempera.style.cli;

import picocli.CommandLine.IVersionProvider;

/** The program's version, from its module, and that of the Java it runs on. */
final class VersionProvider implements IVersionProvider {
  VersionProvider() {}

  @Override
  public String[] getVersion() {
    Module module = Main.class.getModule();
    String version =
        module.isNamed()
            ? module.getDescriptor().toNameAndVersion().replaceFirst("^.*@", "")
            : "(development)";
    return new String[] {"tempera " + version + " on Java " + Runtime.version()};
  }
}
