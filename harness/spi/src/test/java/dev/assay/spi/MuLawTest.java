package dev.assay.spi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MuLawTest {
  @Test
  void codesRunFromTheLoudestBelowToTheLoudestAbove() {
    assertThat(MuLaw.encode(Short.MIN_VALUE)).isZero();
    assertThat(MuLaw.encode((short) 0)).isEqualTo(128);
    assertThat(MuLaw.encode(Short.MAX_VALUE)).isEqualTo(255);
    // f(1/2) = ln 128.5 / ln 256 = 0.875708; (0.875708 + 1) / 2 * 255 = 239.15
    assertThat(MuLaw.encode((short) (1 << 14))).isEqualTo(239);
    for (int sample = Short.MIN_VALUE; sample < Short.MAX_VALUE; sample++) {
      assertThat(MuLaw.encode((short) sample))
          .isLessThanOrEqualTo(MuLaw.encode((short) (sample + 1)));
    }
  }

  @Test
  void aCodeStandsForASampleThatHasThisCode() {
    for (int code = 0; code < MuLaw.CODES; code++) {
      assertThat(MuLaw.encode(MuLaw.decode(code))).isEqualTo(code);
    }
  }
}
