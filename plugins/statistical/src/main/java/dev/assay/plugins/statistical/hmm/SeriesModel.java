package dev.assay.plugins.statistical.hmm;

import dev.assay.plugins.statistical.Unconditional;
import dev.assay.spi.Batch;
import dev.assay.spi.LatentCodec;
import dev.assay.spi.Modality;
import dev.assay.spi.ModelContext;
import dev.assay.spi.SampleRequest;
import dev.assay.spi.Samples;
import dev.assay.spi.ScoreMethod.Measure;
import dev.assay.spi.Values;
import dev.assay.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A step is a column of a table, or a row of an image. An example's code is its most likely path of
 * states.
 */
final class SeriesModel extends HmmModel implements LatentCodec {
  private final Shape item;
  private final int states;
  private final int width;
  private final Emissions emissions;

  private SeriesModel(
      HmmConfig config, Emissions emissions, Measure measure, ModelContext context) {
    super(config, emissions, measure, context);
    this.emissions = emissions;
    item = Unconditional.item(context.spec());
    states = config.states();
    width = emissions.width();
  }

  static SeriesModel ofTable(HmmConfig config, ModelContext context) {
    Emissions emissions = new Gaussians(config.states(), config.floor());
    return new SeriesModel(config, emissions, Measure.DENSITY, context);
  }

  static SeriesModel ofImages(HmmConfig config, Modality.Image image, ModelContext context) {
    int width = image.width() * image.channels();
    Emissions emissions = new Symbols(config.states(), width, image.levels(), config.smoothing());
    return new SeriesModel(config, emissions, Measure.MASS, context);
  }

  @Override
  List<float[]> sequences(Values x) {
    float[] data = ((Values.Dense) x).data();
    List<float[]> sequences = new ArrayList<>();
    for (int from = 0; from < data.length; from += item.size()) {
      sequences.add(Arrays.copyOfRange(data, from, from + item.size()));
    }
    return sequences;
  }

  @Override
  List<float[]> pieces(Values x) {
    return sequences(x);
  }

  @Override
  public Samples sample(SampleRequest request, HmmSampler sampler) {
    float[] data = new float[request.count() * item.size()];
    for (int i = 0; i < request.count(); i++) {
      int from = i * item.size();
      chain.draw(request.stream(i), data, from, from + item.size(), first -> false);
    }
    return new Samples(new Values.Dense(item, data));
  }

  @Override
  public Shape code() {
    return Shape.of(item.size() / width);
  }

  @Override
  public boolean exact() {
    return false;
  }

  @Override
  public Values.Dense encode(Batch batch) {
    int steps = code().size();
    float[] codes = new float[batch.count() * steps];
    List<float[]> sequences = sequences(batch.x());
    for (int i = 0; i < sequences.size(); i++) {
      int[] path = chain.viterbi(sequences.get(i));
      for (int step = 0; step < steps; step++) {
        codes[i * steps + step] = path[step];
      }
    }
    return new Values.Dense(code(), codes);
  }

  /** The likeliest step of each state; numbers that are no states are rounded to the nearest. */
  @Override
  public Values decode(Values.Dense codes, Values condition) {
    float[] data = new float[codes.count() * item.size()];
    for (int at = 0; at < codes.data().length; at++) {
      int state = Math.clamp(Math.round(codes.data()[at]), 0, states - 1);
      emissions.likeliest(state, data, at * width);
    }
    return new Values.Dense(item, data);
  }
}
