package dev.assay.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.tensor.DType;
import dev.assay.tensor.Draws;
import dev.assay.tensor.Gradients;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Program;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Tensors;
import dev.assay.tensor.Variable;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CpuProgramTest {
  private static final int WIDTH = 48;

  /** A transformer block with dropout, trained by gradient descent with momentum. */
  private static final class Training {
    final List<Variable> variables = new ArrayList<>();
    final CpuBackend backend;
    final Program program;

    Training(int threads) {
      backend = new CpuBackend(threads);
      RandomStream random = RandomStream.root(7);
      Tensor x = Tensor.input("x", DType.F32, Shape.of(6, 20, WIDTH));
      Tensor packed =
          Tensors.layerNorm(x, null, null, 1e-5f)
              .matmul(weight("qkv", WIDTH, 3 * WIDTH, random))
              .reshape(6, 20, 9, 16)
              .permute(0, 2, 1, 3);
      Tensor mixed =
          Tensors.attention(
              packed.slice(1, 0, 3),
              packed.slice(1, 3, 3),
              packed.slice(1, 6, 3),
              null,
              0.25f,
              true);
      Tensor h = x.add(mixed.permute(0, 2, 1, 3).reshape(6, 20, WIDTH));
      Tensor hidden = Tensors.gelu(h.matmul(weight("in", WIDTH, 200, random)));
      Tensor y =
          Draws.root().child("drop").dropout(hidden, 0.1f).matmul(weight("out", 200, 7, random));
      Tensor targets = Tensor.input("t", DType.I32, Shape.of(6, 20));
      Tensor loss = Tensors.crossEntropy(y, targets).mean();
      Graph.Builder graph = Graph.builder().output("loss", loss);
      List<Variable> weights = List.copyOf(variables);
      List<Tensor> gradients = Gradients.of(loss, weights.stream().map(Variable::tensor).toList());
      for (int i = 0; i < weights.size(); i++) {
        Variable velocity = backend.variable("v" + i, DType.F32, weights.get(i).shape());
        variables.add(velocity);
        Tensor moved = velocity.tensor().mul(0.9f).add(gradients.get(i));
        graph.assign(velocity, moved);
        graph.assign(weights.get(i), weights.get(i).tensor().sub(moved.mul(0.05f)));
      }
      program = backend.compile(graph.build());
      float[] values = new float[6 * 20 * WIDTH];
      int[] classes = new int[6 * 20];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) random.nextGaussian();
      }
      for (int i = 0; i < classes.length; i++) {
        classes[i] = random.nextInt(7);
      }
      program.set("x", values);
      program.set("t", classes);
    }

    private Tensor weight(String name, int in, int out, RandomStream random) {
      Variable variable = backend.variable(name, DType.F32, Shape.of(in, out));
      float[] values = new float[in * out];
      RandomStream own = random.child(name);
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) own.nextGaussian() * 0.1f;
      }
      variable.write(values);
      variables.add(variable);
      return variable.tensor();
    }

    float step(int number) {
      program.seed(RandomStream.root(3).child(number));
      program.run();
      return program.scalar("loss");
    }

    List<float[]> weights() {
      return variables.stream()
          .map(variable -> {
            float[] values = new float[variable.shape().size()];
            variable.read(values);
            return values;
          })
          .toList();
    }

    void close() {
      program.close();
      backend.close();
    }
  }

  @Test
  void theNumberOfThreadsChangesNoBitOfATraining() {
    List<float[]> expected = null;
    for (int threads : new int[] {1, 2, 4}) {
      Training training = new Training(threads);
      float first = training.step(0);
      float last = 0;
      for (int i = 1; i < 80; i++) {
        last = training.step(i);
      }
      assertThat(last).isLessThan(first);
      List<float[]> weights = training.weights();
      training.close();
      if (expected == null) {
        expected = weights;
      }
      for (int i = 0; i < weights.size(); i++) {
        assertThat(weights.get(i)).containsExactly(expected.get(i));
      }
    }
  }

  @Test
  void aReplayedTrainingStepAllocatesNoHeap() {
    Training training = new Training(2);
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long[] ids =
        Thread.getAllStackTraces().keySet().stream()
            .filter(t -> t == Thread.currentThread() || t.getName().startsWith("assay-cpu"))
            .mapToLong(Thread::threadId)
            .toArray();
    training.step(0);
    long[] before = new long[ids.length];
    long allocated = Long.MAX_VALUE;
    // Vectors are objects until the JIT compiler has seen each loop often enough.
    for (int round = 0; round < 200 && allocated > 0; round++) {
      measure(threads, ids, before);
      for (int i = 0; i < 50; i++) {
        training.program.run();
      }
      allocated = 0;
      for (int i = 0; i < ids.length; i++) {
        allocated += threads.getThreadAllocatedBytes(ids[i]) - before[i];
      }
    }
    training.close();
    assertThat(allocated).as("bytes allocated by 50 replays").isZero();
  }

  private static void measure(com.sun.management.ThreadMXBean threads, long[] ids, long[] into) {
    for (int i = 0; i < ids.length; i++) {
      into[i] = threads.getThreadAllocatedBytes(ids[i]);
    }
  }
}
