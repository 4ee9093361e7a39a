package dev.tempera.vgg.fetch;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The proxies that the usual environment variables name: {@code https_proxy} and {@code
 * HTTPS_PROXY} for HTTPS, {@code http_proxy} for HTTP, and the hosts of {@code no_proxy} and {@code
 * NO_PROXY} without any. A host there stands for its subdomains too, and {@code *} for all.
 */
final class EnvironmentProxies extends ProxySelector {
  private static final int USUAL_PORT = 3128;

  private final Map<String, String> environment;

  /** The proxies of such environment variables. */
  EnvironmentProxies(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /** The proxies by Java's own properties where these name any, else by the environment. */
  static ProxySelector standard() {
    boolean named =
        Stream.of("https.proxyHost", "http.proxyHost", "socksProxyHost")
            .anyMatch(property -> System.getProperty(property) != null);
    return named ? ProxySelector.getDefault() : new EnvironmentProxies(System.getenv());
  }

  @Override
  public List<Proxy> select(URI address) {
    // HTTP_PROXY in capitals is left out, as elsewhere: web servers set it from a request's header.
    String setting =
        "https".equals(address.getScheme())
            ? first("https_proxy", "HTTPS_PROXY")
            : first("http_proxy");
    if (setting.isEmpty() || isDirect(String.valueOf(address.getHost()))) {
      return List.of(Proxy.NO_PROXY);
    }
    return List.of(new Proxy(Proxy.Type.HTTP, proxy(setting)));
  }

  private boolean isDirect(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return Stream.of(first("no_proxy", "NO_PROXY").toLowerCase(Locale.ROOT).split(",", -1))
        .map(entry -> entry.strip().replaceFirst("^\\.", "").replaceFirst(":\\d+$", ""))
        .filter(entry -> !entry.isEmpty())
        .anyMatch(entry -> entry.equals("*") || name.equals(entry) || name.endsWith("." + entry));
  }

  private static InetSocketAddress proxy(String setting) {
    URI address = URI.create(setting.contains("://") ? setting : "http://" + setting);
    if (address.getHost() == null || address.getUserInfo() != null) {
      throw new IllegalArgumentException(
          "proxy: expected http://host:port without a user, from the environment");
    }
    int port = address.getPort() < 0 ? USUAL_PORT : address.getPort();
    return InetSocketAddress.createUnresolved(address.getHost(), port);
  }

  private String first(String... names) {
    return Stream.of(names)
        .map(name -> environment.getOrDefault(name, ""))
        .filter(value -> !value.isEmpty())
        .findFirst()
        .orElse("");
  }

  @Override
  public void connectFailed(URI address, SocketAddress proxy, IOException failure) {
    // The failure itself reaches the caller.
  }
}
