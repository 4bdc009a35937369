package dev.assay.plugins.transformer.gpt;

import dev.assay.nn.decoding.Continuation;
import dev.assay.spi.Batch;
import dev.assay.spi.BatchSource;
import dev.assay.spi.StateStore;
import dev.assay.spi.Values;
import dev.assay.spi.text.TextCoding;
import dev.assay.spi.text.TextSampler;
import dev.assay.tensor.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Responses under prompts: the start, the prompt, the start again, the response and its end. Only
 * the response and its end are predicted. A prompt takes up to half of the context; of a longer one
 * the beginning is read.
 *
 * @param coding of both
 * @param context most tokens read at once
 */
record PromptTokens(TextCoding coding, int context) implements TokenData {
  private static final int NONE = -1;

  @Override
  public int inputs() {
    return coding.inputs();
  }

  @Override
  public int choices() {
    return coding.choices();
  }

  @Override
  public boolean conditional() {
    return true;
  }

  @Override
  public Rows rows(BatchSource batches, int count, RandomStream random) {
    int[] windows = new int[count * (context + 1)];
    Arrays.fill(windows, NONE);
    List<Sequence> sequences = sequences(batches.alike(count));
    for (int i = 0; i < count; i++) {
      int[] tokens = sequences.get(i).tokens();
      int length = Math.min(tokens.length, context + 1);
      System.arraycopy(tokens, 0, windows, i * (context + 1), length);
    }
    Rows rows = Rows.of(windows, context);
    for (int i = 0; i < count; i++) {
      int at = i * context;
      Arrays.fill(rows.targets(), at, at + sequences.get(i).from() - 1, NONE);
    }
    return rows;
  }

  @Override
  public long examples(int windows) {
    return windows;
  }

  @Override
  public int lossUnit() {
    return 1;
  }

  @Override
  public List<Sequence> sequences(Batch batch) {
    List<String> prompts = ((Values.Texts) batch.condition()).texts();
    List<int[]> responses = coding.sequences(batch.x());
    List<Sequence> sequences = new ArrayList<>();
    for (int i = 0; i < batch.count(); i++) {
      int[] prompt = prompt(prompts.get(i));
      sequences.add(new Sequence(joined(prompt, responses.get(i)), prompt.length + 1));
    }
    return sequences;
  }

  /** The start and the prompt. */
  private int[] prompt(String text) {
    int[] whole = coding.sequence(text);
    return Arrays.copyOf(whole, Math.min(whole.length - 1, Math.max(1, context / 2)));
  }

  private static int[] joined(int[] prompt, int[] response) {
    int[] tokens = Arrays.copyOf(prompt, prompt.length + response.length);
    System.arraycopy(response, 0, tokens, prompt.length, response.length);
    return tokens;
  }

  @Override
  public List<Continuation> continuations(
      Values conditions, TextSampler sampler, List<RandomStream> random) {
    List<String> prompts = ((Values.Texts) conditions).texts();
    List<Continuation> wanted = new ArrayList<>();
    for (int i = 0; i < random.size(); i++) {
      Continuation response = coding.continuation(sampler, random.get(i));
      wanted.add(
          new Continuation(
              joined(prompt(prompts.get(i)), response.prompt()),
              response.limit(),
              response.stop(),
              response.random()));
    }
    return wanted;
  }

  @Override
  public Values values(List<int[]> added, TextSampler sampler) {
    return coding.values(added, sampler);
  }

  @Override
  public void save(StateStore state) {
    coding.save(state);
  }

  @Override
  public void check(StateStore state) {
    coding.check(state);
  }
}
