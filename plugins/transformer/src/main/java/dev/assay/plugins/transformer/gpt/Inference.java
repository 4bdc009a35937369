package dev.assay.plugins.transformer.gpt;

import dev.assay.nn.decoding.Continuation;
import dev.assay.spi.Batch;
import dev.assay.spi.SampleRequest;
import dev.assay.spi.Samples;
import dev.assay.spi.text.TextSampler;
import dev.assay.tensor.Backend;
import dev.assay.tensor.RandomStream;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Samples and scores of a network, with programs that are compiled once they are needed. */
final class Inference implements AutoCloseable {
  private final Backend backend;
  private final GptNetwork network;
  private final TokenData data;
  private final int stride;
  private @Nullable CachedDecoder decoder;
  private @Nullable WindowScorer scorer;

  /**
   * @param stride tokens scored per window of a long text; 0 for the whole window
   */
  Inference(Backend backend, GptNetwork network, TokenData data, int stride) {
    this.backend = backend;
    this.network = network;
    this.data = data;
    this.stride = stride == 0 ? data.context() : Math.min(stride, data.context());
  }

  Samples sample(SampleRequest request, TextSampler sampler) {
    if (decoder == null) {
      decoder = new CachedDecoder(backend, network);
    }
    List<RandomStream> random =
        IntStream.range(0, request.count()).mapToObj(request::stream).toList();
    List<Continuation> wanted = data.continuations(request.condition(), sampler, random);
    List<int[]> added = sampler.decoder(decoder).complete(wanted, request.first());
    return new Samples(data.values(added, sampler));
  }

  double[] score(Batch batch, long first) {
    if (scorer == null) {
      scorer = new WindowScorer(backend, network, stride);
    }
    return scorer.score(data.sequences(batch), first);
  }

  @Override
  public void close() {
    if (decoder != null) {
      decoder.close();
    }
    if (scorer != null) {
      scorer.close();
    }
  }
}
