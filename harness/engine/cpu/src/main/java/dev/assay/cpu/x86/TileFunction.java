package dev.assay.cpu.x86;

import java.lang.foreign.Arena;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;

/** The machine code of a {@link TileCode}, whose memory is freed when nobody can call it. */
public final class TileFunction {
  /** Functions in use. A function keeps its code, so that an entry stays as long as it is. */
  private static final Map<TileCode, WeakReference<TileFunction>> MADE = new WeakHashMap<>();

  private final TileCode code;
  private final Arena arena = Arena.ofAuto();
  private final long address;
  private final int frameBytes;

  private TileFunction(TileCode code) {
    this.code = code;
    TileKernel kernel = TileKernel.of(code);
    address = MachineCode.function(arena, kernel.instructions());
    frameBytes = kernel.frameBytes();
  }

  /**
   * The function for some code, which all who ask for it share; empty if the system refuses memory
   * that can be executed. Machine code must be {@linkplain MachineCode#isPossible possible}.
   */
  public static Optional<TileFunction> of(TileCode code) {
    synchronized (MADE) {
      WeakReference<TileFunction> known = MADE.get(code);
      TileFunction function = known == null ? null : known.get();
      if (function == null) {
        try {
          function = new TileFunction(code);
        } catch (UnsupportedOperationException e) { // the system refuses
          return Optional.empty();
        }
        MADE.remove(code); // a key stays when its value is replaced
        MADE.put(code, new WeakReference<>(function));
      }
      return Optional.of(function);
    }
  }

  /** Memory that a call needs, of the calling thread's own. */
  public int frameBytes() {
    return frameBytes;
  }

  /** Says where in memory a stream's first row begins. */
  public void stream(long frame, int number, long address) {
    TileFrame.setStream(frame, number, address);
  }

  /**
   * Runs the code on rows of so many columns each.
   *
   * @param frame with all streams set; they are left at some row
   */
  public void run(long frame, int rows, int columns) {
    TileFrame.setExtents(frame, rows, columns);
    MachineCode.call(address, frame);
    Reference.reachabilityFence(arena);
  }

  @Override
  public String toString() {
    return code.toString();
  }
}
