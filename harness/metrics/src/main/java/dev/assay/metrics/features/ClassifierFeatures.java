package dev.assay.metrics.features;

import dev.assay.nn.Dropout;
import dev.assay.nn.ParameterStore;
import dev.assay.spi.Block;
import dev.assay.spi.FeatureExtractor;
import dev.assay.spi.Features;
import dev.assay.spi.Modality;
import dev.assay.spi.Values;
import dev.assay.tensor.Backend;
import dev.assay.tensor.DType;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Program;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import java.util.Optional;

/** A trained {@link ClassifierNetwork} as an extractor. */
final class ClassifierFeatures implements FeatureExtractor {
  private static final int ROWS = 128;
  private static final String[] OUTPUTS = {"pooled", "spatial", "logits"};

  private final Modality.Image image;
  private final String signature;
  private final Program program;
  private final int[] widths;

  /**
   * @param weights where the network's weights are
   */
  ClassifierFeatures(
      Backend backend, ParameterStore weights, ClassifierNetwork network, Modality.Image image) {
    this.image = image;
    signature = ClassifierProvider.ID + "@" + Weights.hash(weights);
    Shape input = Shape.of(ROWS, image.height(), image.width(), image.channels());
    ClassifierNetwork.Pass pass =
        network.apply(Tensor.input("x", DType.F32, input), Dropout.none());
    Tensor[] tensors = {pass.features(), pass.spatial(), pass.logits()};
    Graph.Builder graph = Graph.builder();
    widths = new int[tensors.length];
    for (int i = 0; i < tensors.length; i++) {
      graph.output(OUTPUTS[i], tensors[i]);
      widths[i] = tensors[i].dim(1);
    }
    program = backend.compile(graph.build());
  }

  @Override
  public String signature() {
    return signature;
  }

  @Override
  public synchronized Features features(Values.Dense values) {
    int width = image.size();
    if (values.width() != width) {
      throw new IllegalArgumentException(
          "values of shape " + values.item() + " are no images like " + image);
    }
    float[][] all = new float[widths.length][];
    float[][] block = new float[widths.length][];
    for (int i = 0; i < widths.length; i++) {
      all[i] = new float[values.count() * widths[i]];
      block[i] = new float[ROWS * widths[i]];
    }
    float[] pixels = new float[ROWS * width];
    for (Block part : Block.of(values.count(), 0, ROWS)) {
      ClassifierTraining.scale(
          values.data(), part.from() * width, pixels, 0, part.count() * width, image.levels());
      program.set("x", pixels);
      program.run();
      for (int i = 0; i < widths.length; i++) {
        program.get(OUTPUTS[i], block[i]);
        System.arraycopy(block[i], 0, all[i], part.from() * widths[i], part.count() * widths[i]);
      }
    }
    return new Features(
        rows(all[0], 0), Optional.of(rows(all[1], 1)), Optional.of(rows(all[2], 2)));
  }

  private Values.Dense rows(float[] data, int output) {
    return new Values.Dense(Shape.of(widths[output]), data);
  }

  @Override
  public synchronized void close() {
    program.close();
  }
}
