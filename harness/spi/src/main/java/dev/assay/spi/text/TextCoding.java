package dev.assay.spi.text;

import dev.assay.nn.decoding.Continuation;
import dev.assay.spi.BatchSource;
import dev.assay.spi.Modality;
import dev.assay.spi.StateStore;
import dev.assay.spi.States;
import dev.assay.spi.Tokenizer;
import dev.assay.spi.Values;
import dev.assay.tensor.RandomStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Text as sequences of tokens for a network, numbered so that those which can be predicted come
 * first. The start is the tokenizer's end, which becomes the last token; it can be predicted in
 * documents, but not in a stream, which has no end.
 */
public record TextCoding(Tokenizer tokenizer, Modality.Text.Form form)
    implements TokenModel.Tokens {
  private static final String NAME = "tokenizer";

  /**
   * Share of a stream's windows whose first token is hidden behind the start, so that the model
   * learns to begin.
   */
  private static final double HIDDEN = 1 / 64.0;

  /** Whether each text has an end of its own. */
  public boolean documents() {
    return form == Modality.Text.Form.DOCUMENTS;
  }

  /** Tokens that can be read, the start included. */
  public int inputs() {
    return tokenizer.size();
  }

  /** Tokens that can be predicted: 0 … choices − 1. */
  public int choices() {
    return documents() ? tokenizer.size() : tokenizer.size() - 1;
  }

  /** The start; in documents also the end. */
  public int start() {
    return tokenizer.size() - 1;
  }

  /** The tokenizer's number of a token and the network's: the end and the last change places. */
  private int renumbered(int token) {
    int last = tokenizer.size() - 1;
    return token == tokenizer.end() ? last : token == last ? tokenizer.end() : token;
  }

  /** Renumbers tokens in place, as a {@link BatchSource} gives them. */
  public int[] renumber(int[] tokens) {
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = renumbered(tokens[i]);
    }
    return tokens;
  }

  /**
   * Random windows for training, as {@link BatchSource#windows}: count · (length + 1) tokens, −1
   * where there is none.
   *
   * @param random which windows of a stream begin with the start
   */
  public int[] windows(BatchSource batches, int count, int length, RandomStream random) {
    int[] tokens = renumber(batches.windows(tokenizer, count, length));
    for (int i = 0; i < count && !documents(); i++) {
      if (random.nextDouble() < HIDDEN) {
        tokens[i * (length + 1)] = start();
      }
    }
    return tokens;
  }

  /**
   * The next windows of a stream, as {@link BatchSource#consecutive}; the first ones of all begin
   * with the start, so that the model learns to begin.
   */
  public BatchSource.Consecutive consecutive(BatchSource batches, int count, int length) {
    BatchSource.Consecutive next = batches.consecutive(tokenizer, count, length);
    int[] tokens = renumber(next.tokens());
    for (int i = 0; i < count && next.begins(); i++) {
      tokens[i * (length + 1)] = start();
    }
    return new BatchSource.Consecutive(tokens, next.begins());
  }

  /** The start, the text, and the end of a document. */
  public int[] sequence(String text) {
    return enclosed(text, documents() ? 1 : 0);
  }

  /** {@link #sequence} of each text. */
  public List<int[]> sequences(Values x) {
    return ((Values.Texts) x).texts().stream().map(this::sequence).toList();
  }

  private int[] enclosed(String text, int ends) {
    int[] tokens = renumber(tokenizer.encode(text));
    int[] sequence = new int[1 + tokens.length + ends];
    Arrays.fill(sequence, start());
    System.arraycopy(tokens, 0, sequence, 1, tokens.length);
    return sequence;
  }

  /** What to complete for one sample. */
  public Continuation continuation(TextSampler sampler, RandomStream random) {
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

  /** The samples, from the tokens that were added to each. */
  public Values.Texts values(List<int[]> added, TextSampler sampler) {
    return new Values.Texts(added.stream().map(tokens -> whole(tokens, sampler)).toList());
  }

  /** Prompt and continuation, which ends before the stop. */
  private String whole(int[] added, TextSampler sampler) {
    int[] prompt = enclosed(sampler.prompt(), 0);
    int[] all = Arrays.copyOf(prompt, prompt.length + added.length);
    System.arraycopy(added, 0, all, prompt.length, added.length);
    String text = text(all);
    String stop = sampler.stop();
    int at = stop.isEmpty() ? -1 : text.indexOf(stop, text(prompt).length());
    return at < 0 ? text : text.substring(0, at);
  }

  @Override
  public void save(StateStore state) {
    States.save(tokenizer, NAME, state);
  }

  @Override
  public void check(StateStore state) {
    States.check(tokenizer, NAME, state);
  }
}
