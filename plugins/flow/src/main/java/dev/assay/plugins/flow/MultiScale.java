package dev.assay.plugins.flow;

import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Variable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Images, as vectors, through one scale after another: after each but the last, half of the
 * channels are done and leave, and the other half goes on. Dinh et al. 2016, §3.6, eqs. 14 to 16.
 *
 * @param item shape of an image [h, w, c]
 * @param scales finest first
 */
public record MultiScale(Shape item, List<Scale> scales) implements Transform {
  public MultiScale {
    scales = List.copyOf(scales);
  }

  /**
   * @param steps of this scale
   * @param squeezes whether one of the steps is a {@link Squeeze}; only the last scale may have
   *     none
   * @param leaving what the half that leaves goes through, given the half that goes on
   */
  public record Scale(Transform steps, boolean squeezes, Leaving leaving) {
    Shape shape(Shape in) {
      return squeezes ? Squeeze.of(in) : in;
    }
  }

  /** An invertible map of the channels that leave a scale. */
  public interface Leaving {
    /** y [rows, h, w, c], given the same number of channels that go on → z. */
    Mapped forward(Tensor y, Tensor staying, Condition condition);

    /** z [rows, h, w, c], given the same number of channels that go on → y. */
    Mapped inverse(Tensor z, Tensor staying, Condition condition);
  }

  /** Leaves what leaves as it is. */
  public record Unchanged() implements Leaving {
    @Override
    public Mapped forward(Tensor y, Tensor staying, Condition condition) {
      return Mapped.uniform(y, Tensor.scalar(0));
    }

    @Override
    public Mapped inverse(Tensor z, Tensor staying, Condition condition) {
      return Mapped.uniform(z, Tensor.scalar(0));
    }
  }

  @Override
  public Mapped forward(Tensor x, Condition condition) {
    Tensor h = x.reshape(item.insert(0, x.dim(0)));
    Tensor total = Tensor.fill(0, Shape.of(x.dim(0)));
    List<Tensor> done = new ArrayList<>();
    for (int i = 0; i < scales.size(); i++) {
      Mapped next = scales.get(i).steps.forward(h, condition);
      total = total.add(next.logDeterminant());
      h = next.value();
      if (i + 1 < scales.size()) {
        List<Tensor> halves = h.split(-1, 2);
        h = halves.get(1);
        Mapped left = scales.get(i).leaving.forward(halves.get(0), h, condition);
        total = total.add(left.logDeterminant());
        done.add(flat(left.value()));
      }
    }
    done.add(flat(h));
    return new Mapped(Tensor.concat(1, done), total);
  }

  @Override
  public Mapped inverse(Tensor z, Condition condition) {
    int rows = z.dim(0);
    List<Tensor> codes = codes(z);
    Tensor total = Tensor.fill(0, Shape.of(rows));
    Tensor h = codes.getLast();
    for (int i = scales.size() - 1; i >= 0; i--) {
      if (i + 1 < scales.size()) {
        Mapped back = scales.get(i).leaving.inverse(codes.get(i), h, condition);
        total = total.add(back.logDeterminant());
        h = Tensor.concat(-1, back.value(), h);
      }
      Mapped next = scales.get(i).steps.inverse(h, condition);
      total = total.add(next.logDeterminant());
      h = next.value();
    }
    return new Mapped(flat(h), total);
  }

  @Override
  public Start start(Tensor x, Condition condition) {
    Tensor h = x.reshape(item.insert(0, x.dim(0)));
    Map<Variable, Tensor> assigns = new LinkedHashMap<>();
    List<Tensor> done = new ArrayList<>();
    for (int i = 0; i < scales.size(); i++) {
      Start next = scales.get(i).steps.start(h, condition);
      assigns.putAll(next.assigns());
      h = next.value();
      if (i + 1 < scales.size()) {
        List<Tensor> halves = h.split(-1, 2);
        h = halves.get(1);
        done.add(flat(scales.get(i).leaving.forward(halves.get(0), h, condition).value()));
      }
    }
    done.add(flat(h));
    return new Start(Tensor.concat(1, done), assigns);
  }

  /** The parts of z [rows, numbers] that each scale gave, in their shapes. */
  private List<Tensor> codes(Tensor z) {
    List<Tensor> codes = new ArrayList<>();
    Shape shape = item;
    int from = 0;
    for (int i = 0; i < scales.size(); i++) {
      shape = scales.get(i).shape(shape);
      boolean last = i + 1 == scales.size();
      shape = last ? shape : shape.with(-1, shape.dim(-1) / 2);
      codes.add(z.slice(1, from, shape.size()).reshape(shape.insert(0, z.dim(0))));
      from += shape.size();
    }
    return codes;
  }

  private static Tensor flat(Tensor images) {
    return images.reshape(images.dim(0), -1);
  }
}
