package dev.tempera.vgg.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.Proxy;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which proxy the environment's variables choose. */
class EnvironmentProxiesTest {
  private static String choose(Map<String, String> environment, String address) {
    Proxy proxy = new EnvironmentProxies(environment).select(URI.create(address)).getFirst();
    return proxy.equals(Proxy.NO_PROXY) ? "direct" : String.valueOf(proxy.address());
  }

  @ParameterizedTest
  @CsvSource({
    "https_proxy, http://proxy.example:8080, proxy.example/<unresolved>:8080",
    "HTTPS_PROXY, proxy.example:8080/, proxy.example/<unresolved>:8080",
    "https_proxy, http://proxy.example, proxy.example/<unresolved>:3128",
    "http_proxy, http://proxy.example:8080, direct",
    "https_proxy, '', direct"
  })
  void aProxyIsTakenForItsScheme(String name, String value, String expected) {
    assertThat(choose(Map.of(name, value), "https://a.example/x")).isEqualTo(expected);
  }

  @Test
  void capitalsAreNotTakenForHttp() {
    assertThat(choose(Map.of("HTTP_PROXY", "http://p.example:1"), "http://a.example"))
        .isEqualTo("direct");
  }

  @ParameterizedTest
  @CsvSource({
    "a.example, direct",
    "'b.example, .example', direct",
    "EXAMPLE, direct",
    "a.example:443, direct",
    "*, direct",
    "ample, p.example/<unresolved>:1",
    "b.a.example, p.example/<unresolved>:1",
    "',,', p.example/<unresolved>:1"
  })
  void someHostsAreAskedDirectly(String exceptions, String expected) {
    assertThat(
            choose(
                Map.of("https_proxy", "http://p.example:1", "no_proxy", exceptions),
                "https://a.example/x"))
        .isEqualTo(expected);
  }

  @Test
  void proxiesWithAUserAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                choose(Map.of("https_proxy", "http://me:secret@p.example:1"), "https://a.example"))
        .withMessageContaining("without a user")
        .withMessageNotContaining("secret");
  }
}
