package dev.assay.jcuda.emulator;

/** What an instruction does to the first {@code n} of {@code lanes}. */
@FunctionalInterface
interface Action {
  void run(Frame f, int[] lanes, int n);
}
