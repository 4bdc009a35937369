package dev.assay.plugins.autoregressive.pixels;

import dev.assay.nn.Dropout;
import dev.assay.nn.Ema;
import dev.assay.spi.Block;
import dev.assay.spi.Observed;
import dev.assay.spi.SampleRequest;
import dev.assay.spi.Values;
import dev.assay.tensor.Backend;
import dev.assay.tensor.DType;
import dev.assay.tensor.Draws;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Program;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Draws the unknown pixels of images, each given those before it.
 *
 * <p>All pixels are drawn at once from the pixels of the last round, with the same random numbers,
 * until nothing changes. Round n gets the first n pixels right, as each depends on those before it
 * alone; so the end is the image that drawing one pixel after another would give, most often after
 * far fewer rounds than pixels. Song et al. 2021, Accelerating feedforward computation via parallel
 * nonlinear equation solving, §3.1.
 */
final class Completer implements AutoCloseable {
  private static final int ROWS = 64;

  private final PixelData data;
  private final PixelNetwork network;
  private final Program program;
  private final int[] keys = new int[2 * ROWS];
  private final int[] labels = new int[ROWS];
  private final int[] orders = new int[ROWS];
  private final boolean[] known;
  private final float[] fixed;
  private final float[] before;
  private final float[] after;

  Completer(Backend backend, PixelData data, PixelNetwork network, Ema average) {
    this.data = data;
    this.network = network;
    int numbers = ROWS * data.pixels();
    known = new boolean[numbers];
    fixed = new float[numbers];
    before = new float[numbers];
    after = new float[numbers];
    Tensor x = data.x(ROWS);
    Tensor temperature = Tensor.input("temperature", DType.F32, Shape.SCALAR);
    Draws draws = Draws.perRow(Tensor.input("keys", DType.I32, Shape.of(ROWS, 2)));
    Tensor logits = network.logits(x, data.labels(ROWS), Dropout.none());
    Tensor drawn = data.levels().draw(average.averaged(logits), temperature, draws.child("levels"));
    Tensor next = Tensor.input("fixed", DType.F32, x.shape()).where(x, drawn);
    program = backend.compile(Graph.builder().output("next", next).build());
  }

  /** Images of shape [height, width, channels], with what is known of them kept. */
  Values.Dense complete(SampleRequest request, Observed observed, double temperature) {
    int pixels = data.pixels();
    int[] keysOfAll = request.keys();
    float[] completed = new float[request.count() * pixels];
    program.set("temperature", new float[] {(float) temperature});
    for (Block block : Block.of(request.count(), request.first(), ROWS)) {
      System.arraycopy(keysOfAll, 2 * block.from(), keys, 2 * block.row(), 2 * block.count());
      program.set("keys", keys);
      if (request.condition() instanceof Values.Labels(int[] all) && data.conditional()) {
        System.arraycopy(all, block.from(), labels, block.row(), block.count());
        program.set("labels", labels);
      }
      BitSet used = load(request, observed, block);
      used.stream().forEach(this::fixedPoint);
      System.arraycopy(
          after, block.row() * pixels, completed, block.from() * pixels, block.count() * pixels);
    }
    return new Values.Dense(data.item(), completed);
  }

  /** Fills the rows of a block; gives the orders that they follow. */
  private BitSet load(SampleRequest request, Observed observed, Block block) {
    int pixels = data.pixels();
    Arrays.fill(orders, -1);
    BitSet used = new BitSet();
    for (int i = 0; i < block.count(); i++) {
      int from = (block.from() + i) * pixels;
      int row = block.row() + i;
      for (int p = 0; p < pixels; p++) {
        boolean given = observed.known()[from + p];
        known[row * pixels + p] = given;
        after[row * pixels + p] = given ? observed.x().data()[from + p] : 0;
      }
      orders[row] = order(request, observed, block.from() + i);
      used.set(orders[row]);
    }
    return used;
  }

  /**
   * The order in which the fewest unknown pixels stand before known ones; if all do, a random one.
   */
  private int order(SampleRequest request, Observed observed, int i) {
    int count = network.orders();
    int best = request.stream(i).child("order").nextInt(count);
    long fewest = misplaced(observed, i, best);
    for (int order = 0; order < count && fewest > 0; order++) {
      long misplaced = misplaced(observed, i, order);
      if (misplaced < fewest) {
        best = order;
        fewest = misplaced;
      }
    }
    return best;
  }

  /** Pairs of an unknown pixel and a known one after it. */
  private long misplaced(Observed observed, int i, int order) {
    int pixels = data.pixels();
    boolean[] inOrder = new boolean[pixels];
    for (int p = 0; p < pixels; p++) {
      inOrder[network.place(order, p)] = observed.known()[i * pixels + p];
    }
    long unknown = 0;
    long pairs = 0;
    for (boolean given : inOrder) {
      pairs += given ? unknown : 0;
      unknown += given ? 0 : 1;
    }
    return pairs;
  }

  /** Draws the unknown pixels of the rows that follow an order, and leaves the other rows alone. */
  private void fixedPoint(int order) {
    int pixels = data.pixels();
    for (int k = 0; k < fixed.length; k++) {
      fixed[k] = known[k] || orders[k / pixels] != order ? 1 : 0;
    }
    program.set("fixed", fixed);
    network.follow(order, program);
    do {
      System.arraycopy(after, 0, before, 0, before.length);
      program.set("x", before);
      program.run();
      program.get("next", after);
    } while (!Arrays.equals(before, after));
  }

  @Override
  public void close() {
    program.close();
  }
}
