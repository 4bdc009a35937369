package dev.assay.bench.steps;

import dev.assay.nn.TrainStep;
import dev.assay.tensor.Backend;
import dev.assay.tensor.Flops;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Program;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.plan.Planner;

/** A workload that is one program: batch in, updates in place, loss out. */
final class CompiledStep implements Workload {
  private final Program program;
  private final Feed feed;
  private final Cost cost;
  private final RandomStream random;
  private final boolean hasLoss;
  private long steps;

  /** Sets the inputs of one step. */
  @FunctionalInterface
  interface Feed {
    /**
     * @param random this step's own stream
     */
    void load(Program program, RandomStream random);
  }

  /**
   * @param graph may have the output {@link TrainStep#LOSS}
   * @param parameters trained numbers
   * @param items examples or tokens of one step
   */
  CompiledStep(
      Backend backend, Graph graph, Feed feed, RandomStream random, long parameters, long items) {
    this.feed = feed;
    this.random = random;
    cost = new Cost(Flops.of(graph), Planner.plan(graph).bytesMoved(), parameters, items);
    hasLoss = graph.outputs().containsKey(TrainStep.LOSS);
    program = backend.compile(graph);
  }

  @Override
  public void step() {
    RandomStream stream = random.child(steps++);
    feed.load(program, stream);
    program.seed(stream);
    program.run();
  }

  @Override
  public double loss() {
    return hasLoss ? program.scalar(TrainStep.LOSS) : Double.NaN;
  }

  @Override
  public void await() {
    program.await();
  }

  @Override
  public Cost cost() {
    return cost;
  }

  @Override
  public void close() {
    program.close();
  }
}
