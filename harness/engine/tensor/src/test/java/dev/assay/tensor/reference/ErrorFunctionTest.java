package dev.assay.tensor.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ErrorFunctionTest {
  /** x, then erf x summed in 60 digits. */
  private static final double[][] GOLDEN = {
    {0x1p-40, 1.026254874064318368160601e-12},
    {0.0625, 0.070431977722387078050590},
    {0.25, 0.276326390168236932985068},
    {0.5, 0.520499877813046537682746},
    {0.75, 0.711155633653515131598937},
    {1, 0.842700792949714869341220},
    {1.5, 0.966105146475310727066976},
    {2, 0.995322265018952734162069},
    {2.5, 0.999593047982555041060435},
    {2.75, 0.999899378077880363163095},
    {2.9375, 0.999967364712852438736967},
    {3, 0.999977909503001414558627},
    {3.0625, 0.999985158589207102804466},
    {3.5, 0.999999256901627658587254},
    {4, 0.999999984582742099719981},
    {4.5, 0.999999999803383955845711},
    {5, 0.999999999998462540205571},
    {6, 0.999999999999999978480263}
  };

  @Test
  void matchesGoldenValuesToAFewUnitsInTheLastPlace() {
    for (double[] pair : GOLDEN) {
      assertThat(Elementwise.erf(pair[0])).isCloseTo(pair[1], within(1e-15 * pair[1]));
      assertThat(Elementwise.erf(-pair[0])).isEqualTo(-Elementwise.erf(pair[0]));
    }
  }

  @Test
  void endsAreExact() {
    assertThat(Elementwise.erf(0)).isZero();
    assertThat(Elementwise.erf(40)).isEqualTo(1);
    assertThat(Elementwise.erf(Double.POSITIVE_INFINITY)).isEqualTo(1);
    assertThat(Elementwise.erf(Double.NEGATIVE_INFINITY)).isEqualTo(-1);
    assertThat(Elementwise.erf(Double.NaN)).isNaN();
  }
}
