package dev.assay.data.synthetic;

import com.google.auto.service.AutoService;
import dev.assay.spi.Batch;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Dataset;
import dev.assay.spi.DatasetCard;
import dev.assay.spi.DatasetProvider;
import dev.assay.spi.Modality;
import dev.assay.spi.Values;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Binary images of one shape each: every combination of four factors once. After the sprites of
 * Matthey et al. 2017, drawn anew.
 */
@AutoService(DatasetProvider.class)
public final class Sprites implements DatasetProvider {
  private static final int SIDE = 20;
  private static final int SMALLEST = 4;
  private static final int SCALES = 5;
  private static final int PLACES = SIDE - (SMALLEST + SCALES - 1) + 1;
  private static final List<String> FACTORS = List.of("shape", "scale", "x", "y");
  private static final int[] SIZES = {Form.values().length, SCALES, PLACES, PLACES};
  private static final int ALL = Arrays.stream(SIZES).reduce(1, (a, b) -> a * b);
  private static final int TEST = ALL / 3;

  private static final DatasetCard CARD =
      new DatasetCard(
          "sprites",
          "Sprites",
          new DataSpec.Conditional(
              new Modality.Image(SIDE, SIDE, 1, 2), new Modality.Label(Form.values().length)),
          "%d binary images %d×%d: 3 shapes (the classes) in 5 sizes at %d×%d places"
              .formatted(ALL, SIDE, SIDE, PLACES, PLACES),
          "Apache-2.0",
          "after Matthey et al. 2017, dSprites",
          "%d train, %d test, chosen at random from all combinations of the factors"
              .formatted(ALL - TEST, TEST),
          List.of());

  /** Which pixels of a box belong to a shape. */
  private enum Form {
    SQUARE {
      @Override
      boolean covers(int row, int column, int side) {
        return true;
      }
    },
    DISC {
      @Override
      boolean covers(int row, int column, int side) {
        int y = 2 * row + 1 - side;
        int x = 2 * column + 1 - side;
        return x * x + y * y <= side * side;
      }
    },
    TRIANGLE {
      @Override
      boolean covers(int row, int column, int side) {
        return column <= row;
      }
    };

    /** Whether the pixel is covered by the shape that fills a box of {@code side}². */
    abstract boolean covers(int row, int column, int side);
  }

  @Override
  public List<DatasetCard> cards() {
    return List.of(CARD);
  }

  @Override
  public Dataset load(String id, Files files) {
    int[] order = RandomStream.root(0).child("synthetic").child(id).permutation(ALL);
    int[] test = Arrays.copyOf(order, TEST);
    Dataset.Factors factors =
        new Dataset.Factors(
            FACTORS, Arrays.stream(test).mapToObj(Sprites::factors).toArray(int[][]::new));
    return new Dataset(
        CARD,
        draw(Arrays.copyOfRange(order, TEST, ALL)),
        Optional.empty(),
        draw(test),
        Optional.empty(),
        Optional.of(factors));
  }

  /** The digits of a number, the first factor's the slowest. */
  private static int[] factors(int number) {
    int[] factors = new int[SIZES.length];
    int rest = number;
    for (int k = SIZES.length - 1; k >= 0; k--) {
      factors[k] = rest % SIZES[k];
      rest /= SIZES[k];
    }
    return factors;
  }

  private static Batch draw(int[] numbers) {
    float[] pixels = new float[numbers.length * SIDE * SIDE];
    int[] shapes = new int[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      int[] factors = factors(numbers[i]);
      shapes[i] = factors[0];
      int side = SMALLEST + factors[1];
      for (int row = 0; row < side; row++) {
        for (int column = 0; column < side; column++) {
          if (Form.values()[factors[0]].covers(row, column, side)) {
            pixels[(i * SIDE + factors[3] + row) * SIDE + factors[2] + column] = 1;
          }
        }
      }
    }
    return new Batch(new Values.Dense(Shape.of(SIDE, SIDE, 1), pixels), new Values.Labels(shapes));
  }
}
