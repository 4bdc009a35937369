package dev.assay.cpu.x86;

import java.util.HashMap;
import java.util.Map;

/** The machine code of a {@link TileCode}, which lives as long as the process. */
public final class TileFunction {
  private static final Map<TileCode, TileFunction> MADE = new HashMap<>();

  private final long address;
  private final int frameBytes;

  TileFunction(long address, int frameBytes) {
    this.address = address;
    this.frameBytes = frameBytes;
  }

  /** The function for some code, made once. */
  public static TileFunction of(TileCode code) {
    synchronized (MADE) {
      return MADE.computeIfAbsent(code, TileKernel::of);
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
        return MachineCode.function(new byte[] {RETURN}) != 0;
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
  }
}
