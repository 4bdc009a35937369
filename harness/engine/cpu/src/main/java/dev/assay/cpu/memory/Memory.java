package dev.assay.cpu.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * All of the process's memory as one segment, so that a kernel's operands are plain addresses in
 * bytes. Nothing here checks bounds: a wrong address ends the process.
 */
public final class Memory {
  /** The whole address space. A constant, so that the JIT compiler drops its checks. */
  public static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

  /** The widest float vector that this machine runs well. */
  public static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;

  /** Floats in a vector of {@link #FLOATS}. */
  public static final int LANES = FLOATS.length();

  /** As many bytes, or more where vectors are short. */
  private static final VectorSpecies<Byte> BYTES =
      VectorSpecies.of(byte.class, VectorShape.forBitSize(Math.max(64, 8 * LANES)));

  /** What {@link #allocate} aligns to, in bytes: a cache line, and the widest vector. */
  public static final int ALIGNMENT = 64;

  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private Memory() {}

  /** The float at {@code address}, a multiple of 4. */
  public static float getFloat(long address) {
    return ALL.get(ValueLayout.JAVA_FLOAT_UNALIGNED, address);
  }

  /** Stores a float at {@code address}. */
  public static void setFloat(long address, float value) {
    ALL.set(ValueLayout.JAVA_FLOAT_UNALIGNED, address, value);
  }

  /** The int at {@code address}. */
  public static int getInt(long address) {
    return ALL.get(ValueLayout.JAVA_INT_UNALIGNED, address);
  }

  /** Stores an int at {@code address}. */
  public static void setInt(long address, int value) {
    ALL.set(ValueLayout.JAVA_INT_UNALIGNED, address, value);
  }

  /** Stores a byte at {@code address}. */
  public static void setByte(long address, byte value) {
    ALL.set(ValueLayout.JAVA_BYTE, address, value);
  }

  /** The long at {@code address}. */
  public static long getLong(long address) {
    return ALL.get(ValueLayout.JAVA_LONG_UNALIGNED, address);
  }

  /** Stores a long at {@code address}. */
  public static void setLong(long address, long value) {
    ALL.set(ValueLayout.JAVA_LONG_UNALIGNED, address, value);
  }

  /** {@link #LANES} floats from {@code address} on. */
  public static FloatVector load(long address) {
    return FloatVector.fromMemorySegment(FLOATS, ALL, address, ORDER);
  }

  /** {@link #LANES} signed bytes from {@code address} on, as floats. */
  public static FloatVector loadBytes(long address) {
    return (FloatVector)
        ByteVector.fromMemorySegment(BYTES, ALL, address, ORDER)
            .convertShape(VectorOperators.B2F, FLOATS, 0);
  }

  /** Those floats from {@code address} on that the mask selects; the other lanes are 0. */
  public static FloatVector load(long address, VectorMask<Float> mask) {
    return FloatVector.fromMemorySegment(FLOATS, ALL, address, ORDER, mask);
  }

  /** Stores {@link #LANES} floats from {@code address} on. */
  public static void store(FloatVector vector, long address) {
    vector.intoMemorySegment(ALL, address, ORDER);
  }

  /** Stores the lanes that the mask selects. */
  public static void store(FloatVector vector, long address, VectorMask<Float> mask) {
    vector.intoMemorySegment(ALL, address, ORDER, mask);
  }

  /** Copies {@code bytes} bytes; the ranges may overlap. */
  public static void copy(long from, long to, long bytes) {
    MemorySegment.copy(ALL, from, ALL, to, bytes);
  }

  /** Zeroes {@code bytes} bytes. */
  public static void clear(long address, long bytes) {
    long i = 0; // a slice to fill would be a heap object
    for (; i + 4L * LANES <= bytes; i += 4L * LANES) {
      store(FloatVector.zero(FLOATS), address + i);
    }
    for (; i < bytes; i++) {
      ALL.set(ValueLayout.JAVA_BYTE, address + i, (byte) 0);
    }
  }

  /** The address of {@code bytes} new zero bytes, which live as long as the arena. */
  public static long allocate(Arena arena, long bytes) {
    long large = bytes < HugePages.SIZE ? 0 : HugePages.allocate(arena, bytes);
    return large != 0 ? large : arena.allocate(Math.max(bytes, 1), ALIGNMENT).address();
  }

  /** {@code bytes} rounded up to a multiple of {@link #ALIGNMENT}. */
  public static long aligned(long bytes) {
    return (bytes + ALIGNMENT - 1) & -ALIGNMENT;
  }
}
