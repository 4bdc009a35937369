package dev.assay.plugins.transformer.gpt;

import dev.assay.plugins.transformer.decoding.Continuation;
import dev.assay.spi.BatchSource;
import dev.assay.spi.Modality;
import dev.assay.spi.Tokenizer;
import dev.assay.spi.Values;
import dev.assay.tensor.RandomStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Text. The start is the tokenizer's end, which is renumbered to be the last token; it can be
 * predicted in documents, but not in a stream, which has no end.
 *
 * @param context most tokens read at once
 */
record TextTokens(Tokenizer tokenizer, Modality.Text.Form form, int context) implements TokenData {
  /**
   * Share of a stream's windows whose first token is hidden behind the start, so that the model
   * learns to begin.
   */
  private static final double HIDDEN = 1 / 64.0;

  private boolean documents() {
    return form == Modality.Text.Form.DOCUMENTS;
  }

  @Override
  public int inputs() {
    return tokenizer.size();
  }

  @Override
  public int choices() {
    return documents() ? tokenizer.size() : tokenizer.size() - 1;
  }

  /** The tokenizer's number of a token and the network's: the end and the last change places. */
  private int renumbered(int token) {
    int last = tokenizer.size() - 1;
    return token == tokenizer.end() ? last : token == last ? tokenizer.end() : token;
  }

  @Override
  public int[] windows(BatchSource batches, int count, RandomStream random) {
    int[] tokens = batches.windows(tokenizer, count, context);
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = renumbered(tokens[i]);
    }
    for (int i = 0; i < count && !documents(); i++) {
      if (random.nextDouble() < HIDDEN) {
        tokens[i * (context + 1)] = start();
      }
    }
    return tokens;
  }

  @Override
  public long examples(int windows) {
    return documents() ? windows : (long) windows * context;
  }

  @Override
  public int lossUnit() {
    return 1;
  }

  @Override
  public List<int[]> sequences(Values x) {
    return ((Values.Texts) x)
        .texts().stream().map(text -> enclosed(text, documents() ? 1 : 0)).toList();
  }

  private int[] enclosed(String text, int ends) {
    int[] tokens = tokenizer.encode(text);
    int[] sequence = new int[1 + tokens.length + ends];
    Arrays.fill(sequence, start());
    for (int i = 0; i < tokens.length; i++) {
      sequence[i + 1] = renumbered(tokens[i]);
    }
    return sequence;
  }

  @Override
  public Continuation continuation(GptSampler sampler, RandomStream random) {
    String stop = sampler.stop();
    // Enough tokens to hold the stop, even where each is a byte.
    int tail = 2 * stop.getBytes(StandardCharsets.UTF_8).length;
    return new Continuation(
        enclosed(sampler.prompt(), 0),
        sampler.maxLength(),
        (tokens, from, to) ->
            tokens[to - 1] == start()
                || (!stop.isEmpty()
                    && text(Arrays.copyOfRange(tokens, Math.max(from, to - tail), to))
                        .contains(stop)),
        random);
  }

  private String text(int[] tokens) {
    return tokenizer.decode(IntStream.of(tokens).map(this::renumbered).toArray());
  }

  @Override
  public Values values(List<int[]> added, GptSampler sampler) {
    return new Values.Texts(added.stream().map(tokens -> whole(tokens, sampler)).toList());
  }

  /** Prompt and continuation, which ends before the stop. */
  private String whole(int[] added, GptSampler sampler) {
    int[] prompt = enclosed(sampler.prompt(), 0);
    int[] all = Arrays.copyOf(prompt, prompt.length + added.length);
    System.arraycopy(added, 0, all, prompt.length, added.length);
    String text = text(all);
    String stop = sampler.stop();
    int at = stop.isEmpty() ? -1 : text.indexOf(stop, text(prompt).length());
    return at < 0 ? text : text.substring(0, at);
  }
}
