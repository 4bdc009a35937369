package dev.assay.nn.decoding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the completion of the largest ln p / ((5 + n) / 6)^α, n tokens long (Wu et al. 2016,
 * eq. 14, without coverage). Of all one-token extensions of what is in the beam, the likeliest
 * stay; one that is complete keeps its place in the beam until the end. A beam of width 1 is the
 * greedy choice; one as wide as there are sequences finds the best of all.
 *
 * <p>Of equally likely extensions the one of the better parent, then of the smaller token, comes
 * first. When the rows are full, the last half of the context is fed again, as {@link Generator}
 * does.
 */
public final class BeamSearch implements Decoder {
  private final TokenStepper model;
  private final int width;
  private final double lengthPenalty;
  private final int kept;

  /**
   * @param width 1 … rows of the model
   * @param lengthPenalty α, at least 0; 0 ranks by ln p alone, more favours long completions
   */
  public BeamSearch(TokenStepper model, int width, double lengthPenalty) {
    if (width < 1 || width > model.rows()) {
      throw new IllegalArgumentException(
          "the beam's width must be 1 to " + model.rows() + ": " + width);
    }
    if (!(lengthPenalty >= 0)) {
      throw new IllegalArgumentException("the length penalty must be at least 0: " + lengthPenalty);
    }
    this.model = model;
    this.width = width;
    this.lengthPenalty = lengthPenalty;
    kept = Math.max(1, model.context() / 2);
  }

  /**
   * A beginning of a completion.
   *
   * @param tokens prompt and what was added
   * @param log ln p of what was added
   * @param parent place in the beam of what it extends
   */
  private record Hypothesis(int[] tokens, double log, int parent) {
    Hypothesis extended(int token, double logProbability, int place) {
      int[] longer = Arrays.copyOf(tokens, tokens.length + 1);
      longer[tokens.length] = token;
      return new Hypothesis(longer, log + logProbability, place);
    }
  }

  private double penalty(int added) {
    return Math.pow((5 + added) / 6.0, lengthPenalty);
  }

  /** One sequence's beam, in {@code width} rows from {@code row} on. */
  private final class Beam {
    final int index;
    final Continuation wanted;
    final int row;
    List<Hypothesis> open;
    int complete;
    double bestScore = Double.NEGATIVE_INFINITY;
    int[] best = new int[0];
    int start;
    int fed;

    Beam(int index, Continuation wanted, int row) {
      this.index = index;
      this.wanted = wanted;
      this.row = row;
      open = List.of(new Hypothesis(wanted.prompt(), 0, 0));
      start = size() > model.context() ? size() - kept : 0;
    }

    int size() {
      return open.getFirst().tokens().length;
    }

    void load(int[] tokens, int[] positions) {
      for (int i = 0; i < open.size(); i++) {
        tokens[row + i] = open.get(i).tokens()[start + fed];
        positions[row + i] = fed;
      }
    }

    /** Takes the logits after the tokens fed last; true once the search is over. */
    boolean advance(float[] logits, int[] sources) {
      fed++;
      if (start + fed < size()) {
        return false;
      }
      List<Hypothesis> next = new ArrayList<>();
      for (Hypothesis hypothesis : extensions(logits)) {
        int to = hypothesis.tokens().length;
        int from = wanted.prompt().length;
        if (to - from == wanted.limit() || wanted.stop().stops(hypothesis.tokens(), from, to)) {
          finish(hypothesis, to - from);
        } else {
          sources[row + next.size()] = row + hypothesis.parent();
          next.add(hypothesis);
        }
      }
      open = next;
      if (open.isEmpty() || open.getFirst().log() / penalty(wanted.limit()) <= bestScore) {
        return true;
      }
      if (fed == model.context()) {
        start = size() - kept;
        fed = 0;
      }
      return false;
    }

    /** The likeliest extensions, as many as the beam has places left. */
    private List<Hypothesis> extensions(float[] logits) {
      int places = width - complete;
      Stream.Builder<Hypothesis> all = Stream.builder();
      for (int i = 0; i < open.size(); i++) {
        double[] logs = logProbabilities(logits, (row + i) * model.choices());
        for (int token : likeliest(logs, places)) {
          all.add(open.get(i).extended(token, logs[token], i));
        }
      }
      return all.build()
          .sorted(Comparator.comparingDouble(Hypothesis::log).reversed())
          .limit(places)
          .toList();
    }

    private void finish(Hypothesis hypothesis, int added) {
      complete++;
      double score = hypothesis.log() / penalty(added);
      if (score > bestScore) {
        bestScore = score;
        best = hypothesis.tokens();
      }
    }

    int[] result() {
      return Arrays.copyOfRange(best, wanted.prompt().length, best.length);
    }
  }

  private double[] logProbabilities(float[] logits, int from) {
    double max = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < model.choices(); i++) {
      max = Math.max(max, logits[from + i]);
    }
    double total = 0;
    for (int i = 0; i < model.choices(); i++) {
      total += Math.exp(logits[from + i] - max);
    }
    double[] logs = new double[model.choices()];
    for (int i = 0; i < logs.length; i++) {
      logs[i] = logits[from + i] - max - Math.log(total);
    }
    return logs;
  }

  /** The {@code count} largest, by insertion: beams are narrow. */
  private static int[] likeliest(double[] logs, int count) {
    int[] best = new int[Math.min(count, logs.length)];
    int size = 0;
    for (int token = 0; token < logs.length; token++) {
      if (size == best.length && logs[token] <= logs[best[size - 1]]) {
        continue;
      }
      int place = size < best.length ? size++ : size - 1;
      while (place > 0 && logs[best[place - 1]] < logs[token]) {
        best[place] = best[place - 1];
        place--;
      }
      best[place] = token;
    }
    return best;
  }

  @Override
  public List<int[]> complete(List<Continuation> wanted, int first) {
    int beams = model.rows() / width;
    int[][] results = new int[wanted.size()][];
    @Nullable Beam[] active = new @Nullable Beam[beams];
    int[] next = new int[beams];
    for (int i = 0; i < beams; i++) {
      next[i] = Math.floorMod(i - first, beams);
      active[i] = open(wanted, next, i, results);
    }
    int[] tokens = new int[model.rows()];
    int[] positions = new int[model.rows()];
    float[] logits = new float[model.rows() * model.choices()];
    while (Arrays.stream(active).anyMatch(beam -> beam != null)) {
      Arrays.fill(tokens, 0);
      Arrays.fill(positions, 0);
      for (Beam beam : active) {
        if (beam != null) {
          beam.load(tokens, positions);
        }
      }
      model.step(tokens, positions, logits);
      int[] sources = new int[model.rows()];
      Arrays.setAll(sources, row -> row);
      boolean[] over = new boolean[beams];
      for (int i = 0; i < beams; i++) {
        Beam beam = active[i];
        over[i] = beam != null && beam.advance(logits, sources);
      }
      model.copy(sources);
      for (int i = 0; i < beams; i++) {
        Beam beam = active[i];
        if (over[i] && beam != null) {
          results[beam.index] = beam.result();
          active[i] = open(wanted, next, i, results);
        }
      }
    }
    return List.of(results);
  }

  /** The beam's next sequence that wants a token; null if there is none left. */
  private @Nullable Beam open(List<Continuation> wanted, int[] next, int place, int[][] results) {
    while (next[place] < wanted.size()) {
      int index = next[place];
      next[place] += model.rows() / width;
      if (wanted.get(index).limit() > 0) {
        for (int row = place * width; row < (place + 1) * width; row++) {
          model.begin(row, index);
        }
        return new Beam(index, wanted.get(index), place * width);
      }
      results[index] = new int[0];
    }
    return null;
  }
}
