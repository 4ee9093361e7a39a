package dev.tempera.bench.process;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How a further Java process is started: by the Java that runs here, with the same options.
 *
 * @param options of the JVM besides
 * @param classPath besides this process's own
 * @param environment variables besides this process's own
 */
public record JavaCommand(
    List<String> options, List<String> classPath, Map<String, String> environment) {
  /** With nothing besides. */
  public static final JavaCommand LIKE_THIS = new JavaCommand(List.of(), List.of(), Map.of());

  /** Copies what it is given. */
  public JavaCommand {
    options = List.copyOf(options);
    classPath = List.copyOf(classPath);
    environment = Map.copyOf(environment);
  }

  /** The command line that runs a class. */
  public List<String> running(String mainClass, String... arguments) {
    List<String> path = new ArrayList<>();
    path.add(System.getProperty("java.class.path"));
    path.addAll(classPath);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (!option.startsWith("-javaagent") && !option.startsWith("-agentlib")) {
        command.add(option);
      }
    }
    command.addAll(options);
    command.addAll(List.of("-cp", String.join(File.pathSeparator, path), mainClass));
    command.addAll(List.of(arguments));
    return command;
  }
}
