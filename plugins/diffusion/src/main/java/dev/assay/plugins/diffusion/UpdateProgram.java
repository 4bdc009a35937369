package dev.assay.plugins.diffusion;

import dev.assay.plugins.diffusion.LinearSampling.Prediction;
import dev.assay.tensor.Backend;
import dev.assay.tensor.DType;
import dev.assay.tensor.Draws;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Program;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Variable;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/** An {@link Update} of many samples as one program; its coefficients are inputs. */
final class UpdateProgram implements AutoCloseable {
  private final Kind kind;
  private final Program program;

  /**
   * @param guided whether each prediction is made of two, with the label and without
   * @param completing whether a part of each sample may be known
   */
  record Kind(boolean guided, boolean completing) {}

  /**
   * @param x samples [rows, width]
   * @param previous predictions of the update before [rows, width]
   */
  UpdateProgram(
      Backend backend,
      Kind kind,
      Prediction prediction,
      UnaryOperator<Tensor> limit,
      Variable x,
      Variable previous) {
    this.kind = kind;
    Shape shape = x.shape();
    Draws draws = Draws.perRow(Tensor.input("keys", DType.I32, Shape.of(shape.dim(0), 2)));
    Tensor from = x.tensor();
    if (kind.completing()) {
      Tensor renoise = draws.child("renoise").normal(shape);
      from = from.mul(scalar("back")).add(renoise.mul(scalar("renoise")));
    }
    Tensor next = limit.apply(predict(prediction, from));
    Tensor moved =
        from.mul(scalar("x"))
            .add(next.mul(scalar("prediction")))
            .add(previous.tensor().mul(scalar("previous")))
            .add(draws.child("noise").normal(shape).mul(scalar("noise")));
    if (kind.completing()) {
      Tensor noise = draws.child("known").normal(shape).mul(scalar("sigma"));
      Tensor known = Tensor.input("known", DType.F32, shape).mul(scalar("alpha")).add(noise);
      moved = Tensor.input("marks", DType.F32, shape).where(known, moved);
    }
    program = backend.compile(Graph.builder().assign(x, moved).assign(previous, next).build());
  }

  private Tensor predict(Prediction prediction, Tensor x) {
    Shape rows = Shape.of(x.dim(0));
    Tensor time = scalar("time").broadcast(rows);
    Tensor told = prediction.of(x, time, DenoiserTraining.labelInput(x.dim(0)));
    if (!kind.guided()) {
      return told;
    }
    int[] none = new int[x.dim(0)];
    Arrays.fill(none, Denoiser.NO_LABEL);
    Tensor untold = prediction.of(x, time, Tensor.constant(none, rows));
    return untold.add(scalar("guidance").mul(told.sub(untold)));
  }

  /** Sets what all updates have in common. */
  void load(
      DenoiserTraining training, int[] labels, double guidance, float[] known, float[] marks) {
    training.setLabels(program, labels);
    if (kind.guided()) {
      set("guidance", guidance);
    }
    if (kind.completing()) {
      program.set("known", known);
      program.set("marks", marks);
    }
  }

  void run(Update.Completing step, int[] keys) {
    program.set("keys", keys);
    Update update = step.update();
    set("time", update.time());
    set("x", update.x());
    set("prediction", update.prediction());
    set("previous", update.previous());
    set("noise", update.noise());
    if (kind.completing()) {
      set("back", step.back());
      set("renoise", step.renoise());
      set("alpha", step.alpha());
      set("sigma", step.sigma());
    }
    program.run();
  }

  private void set(String name, double value) {
    program.set(name, new float[] {(float) value});
  }

  private static Tensor scalar(String name) {
    return Tensor.input(name, DType.F32, Shape.SCALAR);
  }

  @Override
  public void close() {
    program.close();
  }
}
