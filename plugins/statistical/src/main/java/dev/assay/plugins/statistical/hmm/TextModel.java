package dev.assay.plugins.statistical.hmm;

import dev.assay.spi.Modality.Text.Form;
import dev.assay.spi.ModelContext;
import dev.assay.spi.SampleRequest;
import dev.assay.spi.Samples;
import dev.assay.spi.ScoreMethod.Measure;
import dev.assay.spi.Tokenizer;
import dev.assay.spi.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A step is a token; the end of a document is the last. A stream is learnt in pieces, as if each
 * began anew, and scored as one.
 */
final class TextModel extends HmmModel {
  /** Tokens of a piece: bounds the memory of the posteriors. */
  private static final int PIECE = 1024;

  private final Tokenizer tokenizer;
  private final boolean ends;

  TextModel(HmmConfig config, Form form, Tokenizer tokenizer, ModelContext context) {
    super(
        config,
        new Symbols(config.states(), 1, symbols(form, tokenizer), config.smoothing()),
        Measure.MASS,
        context);
    this.tokenizer = tokenizer;
    ends = form == Form.DOCUMENTS;
  }

  /** The end is the last symbol; in a stream it never occurs. */
  private static int symbols(Form form, Tokenizer tokenizer) {
    return form == Form.DOCUMENTS ? tokenizer.size() : tokenizer.size() - 1;
  }

  @Override
  List<float[]> sequences(Values x) {
    return ((Values.Texts) x).texts().stream().map(this::sequence).toList();
  }

  @Override
  List<float[]> pieces(Values x) {
    List<float[]> pieces = new ArrayList<>();
    for (float[] sequence : sequences(x)) {
      int piece = ends ? sequence.length : PIECE;
      for (int from = 0; from < sequence.length; from += piece) {
        pieces.add(Arrays.copyOfRange(sequence, from, Math.min(from + piece, sequence.length)));
      }
    }
    return pieces;
  }

  private float[] sequence(String text) {
    int[] tokens = tokenizer.encode(text);
    float[] sequence = new float[tokens.length + (ends ? 1 : 0)];
    Arrays.fill(sequence, symbol(tokenizer.end()));
    for (int i = 0; i < tokens.length; i++) {
      sequence[i] = symbol(tokens[i]);
    }
    return sequence;
  }

  /** Tokens with the end moved behind all others. */
  private int symbol(int token) {
    int end = tokenizer.end();
    return token == end ? tokenizer.size() - 1 : token > end ? token - 1 : token;
  }

  private int token(int symbol) {
    int end = tokenizer.end();
    return symbol == tokenizer.size() - 1 ? end : symbol >= end ? symbol + 1 : symbol;
  }

  @Override
  public Samples sample(SampleRequest request, HmmSampler sampler) {
    int end = ends ? symbol(tokenizer.end()) : -1;
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < request.count(); i++) {
      float[] drawn = new float[sampler.length()];
      int length = chain.draw(request.stream(i), drawn, 0, drawn.length, first -> first == end);
      int[] tokens = new int[length];
      Arrays.setAll(tokens, at -> token((int) drawn[at]));
      texts.add(tokenizer.decode(tokens));
    }
    return new Samples(new Values.Texts(texts));
  }
}
