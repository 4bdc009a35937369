package dev.assay.plugins.gan.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.nn.ParameterStore;
import dev.assay.plugins.gan.network.ImageSizes.Size;
import dev.assay.spi.Modality;
import dev.assay.tensor.Backend;
import dev.assay.tensor.DType;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.testkit.Backends;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ImageSizesTest {
  @ParameterizedTest
  @CsvSource({
    "8, 8, 4, 4, 1",
    "28, 28, 7, 7, 2",
    "32, 32, 4, 4, 3",
    "2, 2, 2, 2, 0",
    "17, 31, 4, 7, 2"
  })
  void sizesAreHalvedDownToFourOrMore(int height, int width, int h, int w, int halvings) {
    ImageSizes sizes = ImageSizes.of(new Modality.Image(height, width, 1, 2));
    assertThat(sizes.base()).isEqualTo(new Size(h, w));
    assertThat(sizes.halvings()).isEqualTo(halvings);
  }

  @Test
  void risingSizesEndAtTheImage() {
    ImageSizes sizes = ImageSizes.of(new Modality.Image(28, 30, 1, 2));
    assertThat(sizes.rising()).containsExactly(new Size(14, 15), new Size(28, 30));
  }

  @ParameterizedTest
  @EnumSource(CriticNorm.class)
  void convolutionalPlayersTakeImagesOfAnySize(CriticNorm norm) {
    for (int[] size : new int[][] {{2, 2, 1}, {8, 8, 1}, {28, 28, 1}, {32, 32, 3}, {9, 19, 2}}) {
      Modality.Image image = new Modality.Image(size[0], size[1], size[2], 256);
      try (Backend backend = Backends.open(1)) {
        ParameterStore store = new ParameterStore(backend, RandomStream.root(1));
        Tensor label = Tensor.input("label", DType.I32, Shape.of(3));
        Tensor z = Tensor.input("z", DType.F32, Shape.of(3, 5));
        Tensor x =
            ConvGenerator.create(store.scope("g"), image, 5, 4).apply(z, label, Pass.training());
        assertThat(x.shape()).isEqualTo(Shape.of(3, size[0], size[1], size[2]));
        Tensor score =
            ConvCritic.create(store.scope("d"), image, 4, norm).apply(x, label, Pass.training());
        assertThat(score.shape()).isEqualTo(Shape.of(3));
      }
    }
  }
}
