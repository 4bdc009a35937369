package dev.assay.cpu.x86;

import java.lang.foreign.Arena;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.Map;
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

  /** The function for some code, which all who ask for it share. */
  public static TileFunction of(TileCode code) {
    synchronized (MADE) {
      WeakReference<TileFunction> known = MADE.get(code);
      TileFunction function = known == null ? null : known.get();
      if (function == null) {
        function = new TileFunction(code);
        MADE.remove(code); // a key stays when its value is replaced
        MADE.put(code, new WeakReference<>(function));
      }
      return function;
    }
  }

  /** Whether the processor and the system can run such functions. */
  public static boolean isPossible() {
    return Permission.GIVEN;
  }

  private static final class Permission {
    private static final byte RETURN = (byte) 0xC3;
    static final boolean GIVEN = MachineCode.isPossible() && isGiven();

    private Permission() {}

    private static boolean isGiven() {
      try {
        return MachineCode.function(Arena.ofAuto(), new byte[] {RETURN}) != 0;
      } catch (UnsupportedOperationException e) { // the system refuses
        return false;
      }
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
