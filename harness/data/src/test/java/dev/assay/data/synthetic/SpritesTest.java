package dev.assay.data.synthetic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.spi.Dataset;
import dev.assay.spi.Values;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SpritesTest {
  private static final int SIDE = 20;
  private static final Dataset SPRITES =
      new Sprites()
          .load(
              "sprites",
              (_, source) -> {
                throw new IOException("no file is needed, but " + source);
              });

  private static float[] image(Values.Dense images, int i) {
    return Arrays.copyOfRange(images.data(), i * SIDE * SIDE, (i + 1) * SIDE * SIDE);
  }

  @Test
  void everyCombinationOfFactorsStandsInOnePartOnce() {
    assertThat(SPRITES.test().count()).isEqualTo(SPRITES.factors().orElseThrow().values().length);
    Set<String> all = new HashSet<>();
    for (Values.Dense part : new Values.Dense[] {SPRITES.train().dense(), SPRITES.test().dense()}) {
      for (int i = 0; i < part.count(); i++) {
        all.add(Arrays.toString(image(part, i)));
      }
    }
    assertThat(all).hasSize(3 * 5 * 13 * 13);
    assertThat(SPRITES.train().count() + SPRITES.test().count()).isEqualTo(all.size());
  }

  @Test
  void theFactorsAreSeenInTheImages() {
    Values.Dense images = SPRITES.test().dense();
    int[][] factors = SPRITES.factors().orElseThrow().values();
    int[] shapes = ((Values.Labels) SPRITES.test().condition()).labels();
    for (int i = 0; i < images.count(); i++) {
      int left = SIDE;
      int top = SIDE;
      int bottom = 0;
      int lit = 0;
      float[] image = image(images, i);
      for (int p = 0; p < image.length; p++) {
        if (image[p] == 1) {
          left = Math.min(left, p % SIDE);
          top = Math.min(top, p / SIDE);
          bottom = Math.max(bottom, p / SIDE);
          lit++;
        }
      }
      int side = bottom - top + 1;
      assertThat(new int[] {side - 4, left, top})
          .containsExactly(Arrays.copyOfRange(factors[i], 1, 4));
      assertThat(shapes[i]).isEqualTo(factors[i][0]);
      switch (shapes[i]) {
        case 0 -> assertThat(lit).isEqualTo(side * side);
        case 1 -> assertThat((double) lit / side / side).isBetween(0.6, 0.95);
        default -> assertThat(lit).isEqualTo(side * (side + 1) / 2);
      }
    }
  }
}
