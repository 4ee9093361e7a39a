package dev.tempera.vgg.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The manifest that the library carries. */
class WeightManifestTest {
  private final WeightManifest manifest = WeightManifest.standard();

  @Test
  void namesAndFilesAreDistinct() {
    assertThat(manifest.sources()).extracting(WeightSource::name).doesNotHaveDuplicates();
    assertThat(manifest.sources()).extracting(WeightSource::fileName).doesNotHaveDuplicates();
  }

  @Test
  void everyAddressIsHttpsAndEndsInTheFile() {
    assertThat(manifest.sources())
        .allSatisfy(
            source -> {
              assertThat(source.fileName()).matches("[A-Za-z0-9._-]+");
              assertThat(source.addresses())
                  .isNotEmpty()
                  .allSatisfy(
                      address -> {
                        assertThat(address).hasScheme("https");
                        assertThat(address.getPath()).endsWith("/" + source.fileName());
                      });
            });
  }

  @Test
  void theDigitsInPyTorchNamesAreTheHash() {
    assertThat(manifest.sources())
        .filteredOn(source -> source.fileName().endsWith(".pth"))
        .isNotEmpty()
        .allSatisfy(
            source ->
                assertThat(source.fileName())
                    .endsWith("-" + source.hash().orElseThrow().digits() + ".pth"));
  }

  @Test
  void vgg19IsTorchvisions() throws FetchException {
    WeightSource source = manifest.source("vgg19");
    assertThat(source.bytes()).hasValue(574_673_361);
    assertThat(source.hash().orElseThrow()).hasToString("SHA-256 dcbb9e9d…");
    assertThat(source.family().name().toLowerCase(Locale.ROOT)).isEqualTo("torchvision");
  }

  @Test
  void anUnknownNameIsToldWhichThereAre() {
    assertThatExceptionOfType(FetchException.class)
        .isThrownBy(() -> manifest.source("vgg20"))
        .withMessageStartingWith("no weights named 'vgg20'; known are vgg19, vgg19-caffe, ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dcbb9e9d", "CRC:dcbb9e9d", "SHA-256:dcbb", "MD5:DCBB9E9D", "MD5:"})
  void whatIsNoHashIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> PublishedHash.parse(text));
  }
}
