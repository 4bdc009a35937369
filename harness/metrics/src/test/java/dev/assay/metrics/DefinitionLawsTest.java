package dev.assay.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.tensor.RandomStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * What holds for every definition: of a set against itself, in any order, of few and of equal
 * items.
 */
final class DefinitionLawsTest {
  private static final int COUNT = 24;
  static final List<Definition> ALL = Definitions.all();

  private static int[] inOrder(int count) {
    int[] order = new int[count];
    Arrays.setAll(order, i -> i);
    return order;
  }

  @ParameterizedTest
  @FieldSource("ALL")
  void aSetAgainstItselfIsAsGoodAsCanBe(Definition definition) {
    double value = definition.measure().of(Definition.Data.SAME, inOrder(COUNT));
    if (Double.isInfinite(definition.identity())) {
      assertThat(value).isEqualTo(definition.identity());
    } else if (!Double.isNaN(definition.identity())) {
      assertThat(value).isCloseTo(definition.identity(), within(1e-6));
    }
  }

  @ParameterizedTest
  @FieldSource("ALL")
  void theOrderOfItemsDoesNotMatter(Definition definition) {
    double value = definition.measure().of(Definition.Data.DISTINCT, inOrder(COUNT));
    assertThat(value).isBetween(definition.low(), definition.high());
    for (int seed = 0; seed < 3; seed++) {
      int[] order = RandomStream.root(seed).permutation(COUNT);
      assertThat(definition.measure().of(Definition.Data.DISTINCT, order))
          .isCloseTo(value, within(1e-9 * Math.max(1, Math.abs(value))));
    }
  }

  @ParameterizedTest
  @FieldSource("ALL")
  void fewItemsGiveANumberInRangeOrNoneOrAnErrorThatSaysWhy(Definition definition) {
    for (int count = 0; count <= 3; count++) {
      for (Definition.Data data : Definition.Data.values()) {
        assertNumberOrReason(definition, data, count);
      }
    }
  }

  @ParameterizedTest
  @FieldSource("ALL")
  void equalItemsGiveANumberInRangeOrNoneOrAnErrorThatSaysWhy(Definition definition) {
    assertNumberOrReason(definition, Definition.Data.CONSTANT, COUNT);
  }

  private static void assertNumberOrReason(Definition definition, Definition.Data data, int count) {
    double value;
    try {
      value = definition.measure().of(data, inOrder(count));
    } catch (IllegalArgumentException e) {
      assertThat(e).as("%s of %d %s items", definition, count, data).hasMessageMatching(".*\\w.*");
      return;
    }
    if (!Double.isNaN(value)) {
      assertThat(value)
          .as("%s of %d %s items", definition, count, data)
          .isBetween(definition.low() - 1e-9, definition.high() + 1e-9);
    }
  }

  @Test
  void namesAreUnique() {
    assertThat(ALL).extracting(Definition::name).doesNotHaveDuplicates();
  }
}
