package dev.assay.cpu.x86;

import dev.assay.cpu.x86.Assembler.Address;

/** Where the operands of a trace lie that are in memory. */
interface Operands {
  /** The vector of a stream that is so many further on than the first at hand. */
  Address stream(int stream, int vector);

  /** One float. */
  Address slot(int number);

  /** One float. */
  Address constant(int bits);

  /** A vector that found no register. */
  Address spill(int number);

  /** The same, so many vectors further on. */
  default Operands after(int vectors) {
    Operands from = this;
    return new Operands() {
      @Override
      public Address stream(int stream, int vector) {
        return from.stream(stream, vectors + vector);
      }

      @Override
      public Address slot(int number) {
        return from.slot(number);
      }

      @Override
      public Address constant(int bits) {
        return from.constant(bits);
      }

      @Override
      public Address spill(int number) {
        return from.spill(number);
      }
    };
  }
}
