package dev.assay.spi.text;

import dev.assay.nn.ParameterStore;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.StateStore;
import dev.assay.spi.States;
import dev.assay.tensor.Program;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What models of tokens share: a checkpoint is the numbers of a store, the tokens, and the updates
 * done so far.
 *
 * @param <S> sampler configuration
 */
public abstract class TokenModel<S extends Record> implements GenerativeModel<S> {
  private static final String STEPS = "steps";
  private static final long NEVER = -1;

  private final ParameterStore store;
  private final Tokens tokens;
  private final List<Runnable> ends = new ArrayList<>();
  private @Nullable Program merging;
  private long steps;
  private long merged = NEVER;

  /** What the tokens of a model are. */
  public interface Tokens {
    /** Writes what a checkpoint must know of them. */
    void save(StateStore state);

    /**
     * Makes sure that a checkpoint was written with the same ones.
     *
     * @throws IllegalStateException if not
     */
    void check(StateStore state);
  }

  /**
   * @param store all that training changes
   */
  protected TokenModel(ParameterStore store, Tokens tokens) {
    this.store = store;
    this.tokens = tokens;
  }

  /** All that training changes, by name. */
  public final ParameterStore store() {
    return store;
  }

  /**
   * Brings up to date what networks of {@link ParameterStore#merged} read; to be called before they
   * sample or score, and before their weights are copied.
   */
  public final void merge() {
    if (merged == steps) {
      return;
    }
    if (merging == null) {
      store
          .merging()
          .ifPresent(program -> {
            merging = program;
            atClose(program::close);
          });
    }
    if (merging != null) {
      merging.run();
    }
    merged = steps;
  }

  /** Updates done so far. */
  protected final long steps() {
    return steps;
  }

  /** Whether an update changes anything. */
  protected final boolean trains() {
    return !store.parameters().isEmpty();
  }

  /** Counts an update. */
  protected final void stepped() {
    steps++;
  }

  /** What is to be done once the model is closed. */
  protected final void atClose(Runnable end) {
    ends.add(end);
  }

  @Override
  public final long parameters() {
    return store.count();
  }

  @Override
  public final long trained() {
    return store.trained();
  }

  @Override
  public final void save(StateStore state) {
    States.save(store, state);
    tokens.save(state);
    state.putLongs(STEPS, steps);
  }

  @Override
  public final void restore(StateStore state) {
    tokens.check(state);
    States.restore(store, state);
    steps = state.longs(STEPS)[0];
    merged = NEVER;
  }

  @Override
  public final void close() {
    ends.forEach(Runnable::run);
    ends.clear();
  }
}
