package dev.assay.jcuda.emulator;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Memory whose addresses name an allocation in the high half and a byte of it in the low one, so
 * that an access outside cannot fall into a neighbour.
 */
final class DeviceMemory {
  static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  /** All bits set: NaN as a float, −1 as an integer. */
  private static final byte POISON = -1;

  private final List<byte[]> freed = new ArrayList<>();
  private byte[][] blocks = new byte[64][];
  private int count;
  private long bytes;

  long allocate(long size) {
    byte[] block = new byte[Math.toIntExact((size + 3) / 4 * 4)];
    Arrays.fill(block, POISON);
    int at = 0;
    while (at < count && blocks[at] != null) {
      at++;
    }
    if (at == blocks.length) {
      blocks = Arrays.copyOf(blocks, 2 * at);
    }
    count = Math.max(count, at + 1);
    blocks[at] = block;
    bytes += block.length;
    return (long) (at + 1) << 32;
  }

  void free(long address) {
    byte[] block = block(address);
    bytes -= block.length;
    blocks[(int) (address >>> 32) - 1] = null;
    freed.clear();
  }

  long bytes() {
    return bytes;
  }

  byte[] block(long address) {
    int at = (int) (address >>> 32) - 1;
    byte[] block = at >= 0 && at < count ? blocks[at] : null;
    if (block == null) {
      throw new AssertionError("no allocation at " + Long.toHexString(address));
    }
    return block;
  }

  int load(long address) {
    return (int) INT.get(block(address), offset(address));
  }

  void store(long address, int value) {
    INT.set(block(address), offset(address), value);
  }

  private int offset(long address) {
    int offset = (int) address;
    if (offset < 0 || (offset & 3) != 0 || offset + 4 > block(address).length) {
      throw new AssertionError(
          "access at byte %d of an allocation of %d".formatted(offset, block(address).length));
    }
    return offset;
  }
}
