package dev.assay.spi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BlockTest {
  @Test
  void anIndexStandsInTheSameRowHoweverTheListIsCut() {
    // indices 6, 7 | 8, 9, 10, 11 | 12 in rows of 4
    assertThat(Block.of(7, 6, 4))
        .containsExactly(new Block(0, 2, 2), new Block(2, 4, 0), new Block(6, 1, 0));
    // index 9 alone
    assertThat(Block.of(1, 9, 4)).containsExactly(new Block(0, 1, 1));
  }

  @Test
  void anEmptyListHasNoBlocks() {
    assertThat(Block.of(0, 3, 4)).isEmpty();
  }

  @Test
  void indicesBeyondTheIntegersKeepTheirRow() {
    assertThat(Block.of(2, (1L << 40) + 3, 4))
        .containsExactly(new Block(0, 1, 3), new Block(1, 1, 0));
  }
}
