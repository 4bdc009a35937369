package dev.assay.tensor;

/**
 * A compiled graph. Set the inputs, run, get the outputs; variables are updated in place. Replaying
 * allocates no heap memory. Not safe for use by several threads at once.
 */
public interface Program extends AutoCloseable {
  /** Sets an F32 input; it keeps its value until set again. Length = the input's size. */
  void set(String input, float[] values);

  /** Sets an I32 input; it keeps its value until set again. Length = the input's size. */
  void set(String input, int[] values);

  /**
   * Sets the key that {@link Draws} of this program's random operations read ({@link Draws#INPUT}).
   * Does nothing if there are none.
   */
  default void seed(RandomStream stream) {
    long key = stream.key();
    set(Draws.INPUT, new int[] {(int) key, (int) (key >>> 32)});
  }

  /**
   * Computes outputs and new values of variables from the present inputs and variables. May return
   * before it is done; whatever reads a result waits for it.
   */
  void run();

  /** Waits until the last run is done. */
  default void await() {}

  /** Copies an F32 output of the last run; length = the output's size. */
  void get(String output, float[] into);

  /** Copies an I32 output of the last run; length = the output's size. */
  void get(String output, int[] into);

  /** The only element of an F32 output of size 1. */
  float scalar(String output);

  /**
   * Floating-point operations of one replay: 2 per multiply-add of contractions, 1 per elementwise
   * function.
   */
  long flops();

  /** The graph, the kernels, FLOPs, bytes moved and the memory plan, for people. */
  String explain();

  /** Frees the program's memory. Variables stay. */
  @Override
  void close();
}
