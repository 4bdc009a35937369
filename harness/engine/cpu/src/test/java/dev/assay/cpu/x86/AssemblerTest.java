package dev.assay.cpu.x86;

import static dev.assay.cpu.x86.Assembler.Register.R10;
import static dev.assay.cpu.x86.Assembler.Register.R12;
import static dev.assay.cpu.x86.Assembler.Register.R13;
import static dev.assay.cpu.x86.Assembler.Register.R14;
import static dev.assay.cpu.x86.Assembler.Register.R15;
import static dev.assay.cpu.x86.Assembler.Register.R8;
import static dev.assay.cpu.x86.Assembler.Register.R9;
import static dev.assay.cpu.x86.Assembler.Register.RAX;
import static dev.assay.cpu.x86.Assembler.Register.RBP;
import static dev.assay.cpu.x86.Assembler.Register.RBX;
import static dev.assay.cpu.x86.Assembler.Register.RCX;
import static dev.assay.cpu.x86.Assembler.Register.RDI;
import static dev.assay.cpu.x86.Assembler.Register.RDX;
import static dev.assay.cpu.x86.Assembler.Register.RSI;
import static dev.assay.cpu.x86.Assembler.Register.RSP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.assay.cpu.x86.Assembler.Address;
import dev.assay.cpu.x86.Assembler.Condition;
import java.util.HexFormat;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What the GNU assembler makes of the same instructions. */
final class AssemblerTest {
  private static void check(String instruction, String expected, Consumer<VectorAssembler> code) {
    VectorAssembler assembler = new VectorAssembler();
    code.accept(assembler);
    assertThat(HexFormat.ofDelimiter(" ").formatHex(assembler.bytes()))
        .as(instruction)
        .isEqualTo(expected);
  }

  @Test
  void vectorInstructionsReachAllRegistersAndCountShortDisplacementsInOperands() {
    check(
        "vmovups zmm5{k1}{z}, [rcx+128]",
        "62 f1 7c c9 10 69 02",
        code -> code.load(5, Address.of(RCX, 128), 1));
    check(
        "vmovups [r14+rdx*8+0x12345]{k1}, zmm31",
        "62 41 7c 49 11 bc d6 45 23 01 00",
        code -> code.store(new Address(R14, RDX, 8, 0x12345), 31, 1));
    check(
        "vbroadcastss zmm20, [r13+r9*2]",
        "62 82 7d 48 18 64 4d 00",
        code -> code.broadcast(20, Address.of(R13, R9, 2)));
    check(
        "vbroadcastss zmm3, [rax+508]",
        "62 f2 7d 48 18 58 7f",
        code -> code.broadcast(3, Address.of(RAX, 508)));
    check(
        "vfmadd231ps zmm17, zmm9, zmm30", "62 82 35 48 b8 ce", code -> code.multiplyAdd(17, 9, 30));
    check("vmulps zmm16, zmm8, zmm24", "62 81 3c 48 59 c0", code -> code.multiply(16, 8, 24));
    check("vpxord zmm31, zmm31, zmm31", "62 01 05 40 ef ff", code -> code.zero(31));
  }

  @Test
  void arithmeticOfVectorsAndOfNumbersInMemory() {
    check(
        "vaddps zmm17, zmm3, zmm30",
        "62 81 64 48 58 ce",
        code -> code.vector(VectorOp.ADD, 17, 3, 30));
    check(
        "vdivps zmm2, zmm18, [r15+36]{1to16}",
        "62 d1 6c 50 5e 57 09",
        code -> code.vector(VectorOp.DIVIDE, 2, 18, Address.of(R15, 36)));
    check(
        "vmaxps zmm1, zmm31, zmm9",
        "62 d1 04 40 5f c9",
        code -> code.vector(VectorOp.MAX, 1, 31, 9));
    check(
        "vscalefps zmm18, zmm7, zmm29",
        "62 82 45 48 2c d5",
        code -> code.vector(VectorOp.SCALE, 18, 7, 29));
    check("vsqrtps zmm20, zmm11", "62 c1 7c 48 51 e3", code -> code.vector(VectorOp.SQRT, 20, 11));
    check(
        "vfmadd132ps zmm4, zmm25, [rdi+1024]{1to16}",
        "62 f2 35 50 98 a7 00 04 00 00",
        code -> code.vector(VectorOp.MULTIPLY_ADD_132, 4, 25, Address.of(RDI, 1024)));
    check(
        "vfmadd213ps zmm24, zmm5, zmm6",
        "62 62 55 48 a8 c6",
        code -> code.vector(VectorOp.MULTIPLY_ADD_213, 24, 5, 6));
  }

  @Test
  void bitsIntsAndConversions() {
    check(
        "vpandd zmm8, zmm16, [r15]{1to16}",
        "62 51 7d 50 db 07",
        code -> code.vector(VectorOp.AND, 8, 16, Address.of(R15, 0)));
    check(
        "vpord zmm9, zmm10, zmm27",
        "62 11 2d 48 eb cb",
        code -> code.vector(VectorOp.OR, 9, 10, 27));
    check(
        "vpaddd zmm19, zmm20, zmm21",
        "62 a1 5d 40 fe dd",
        code -> code.vector(VectorOp.INT_ADD, 19, 20, 21));
    check(
        "vpsubd zmm1, zmm2, zmm3",
        "62 f1 6d 48 fa cb",
        code -> code.vector(VectorOp.INT_SUBTRACT, 1, 2, 3));
    check(
        "vcvtdq2ps zmm22, zmm7",
        "62 e1 7c 48 5b f7",
        code -> code.vector(VectorOp.TO_FLOAT, 22, 7));
    check(
        "vcvttps2dq zmm7, zmm22",
        "62 b1 7e 48 5b fe",
        code -> code.vector(VectorOp.TRUNCATE, 7, 22));
    check(
        "vpslld zmm18, zmm29, 23",
        "62 91 6d 40 72 f5 17",
        code -> code.shift(VectorAssembler.Shift.LEFT, 18, 29, 23));
    check(
        "vpsrad zmm3, zmm17, 23",
        "62 b1 65 48 72 e1 17",
        code -> code.shift(VectorAssembler.Shift.RIGHT_SIGNED, 3, 17, 23));
    check(
        "vpternlogd zmm21, zmm3, zmm30, 0xd8",
        "62 83 65 48 25 ee d8",
        code -> code.chooseBits(21, 3, 30));
    check(
        "vpternlogd zmm5, zmm19, [r15+64]{1to16}, 0xd8",
        "62 d3 65 50 25 6f 10 d8",
        code -> code.chooseBits(5, 19, Address.of(R15, 64)));
    check("vmovaps zmm29, zmm12", "62 41 7c 48 28 ec", code -> code.vector(VectorOp.MOVE, 29, 12));
    check(
        "vmovss [rdi+100], xmm25",
        "62 61 7e 08 11 4f 19",
        code -> code.storeOne(Address.of(RDI, 100), 25));
    check("vpermilps zmm3, zmm19, 0x4e", "62 b3 7d 48 04 db 4e", code -> code.permute(3, 19, 0x4E));
  }

  @Test
  void comparisonsAndBlends() {
    check(
        "vblendmps zmm26{k3}, zmm5, zmm17", "62 22 55 4b 65 d1", code -> code.blend(26, 3, 5, 17));
    check(
        "vblendmps zmm6{k2}, zmm23, [r15+8]{1to16}",
        "62 d2 45 52 65 77 02",
        code -> code.blend(6, 2, 23, Address.of(R15, 8)));
    check(
        "vcmplt_oqps k4, zmm21, zmm2",
        "62 f1 54 40 c2 e2 11",
        code -> code.compare(4, 21, 2, Trace.Predicate.LESS.number));
    check(
        "vcmpgt_oqps k2, zmm1, [r15+4]{1to16}",
        "62 d1 74 58 c2 57 01 1e",
        code -> code.compare(2, 1, Address.of(R15, 4), Trace.Predicate.GREATER.number));
    check("vptestmd k5, zmm28, zmm17", "62 b2 1d 40 27 e9", code -> code.test(5, 28, 17));
    check(
        "vptestmd k3, zmm9, [r15+16]{1to16}",
        "62 d2 35 58 27 5f 04",
        code -> code.test(3, 9, Address.of(R15, 16)));
  }

  @Test
  void shufflesOfTransposes() {
    check(
        "vunpckhpd zmm4, zmm18, zmm20",
        "62 b1 ed 40 15 e4",
        code -> code.interleavePairs(true, 4, 18, 20));
    check(
        "vunpcklps zmm16, zmm0, zmm1",
        "62 e1 7c 48 14 c1",
        code -> code.interleave(false, 16, 0, 1));
    check(
        "vshuff32x4 zmm9, zmm17, zmm25, 0xdd",
        "62 13 75 40 23 c9 dd",
        code -> code.quarters(9, 17, 25, 0xDD));
  }

  @Test
  void generalInstructions() {
    check("kmovw k1, esi", "c5 f8 92 ce", code -> code.mask(1, RSI));
    check("mov r13, [rdi+16]", "4c 8b 6f 10", code -> code.load(R13, Address.of(RDI, 16)));
    check("lea r9, [r8+r8*2]", "4f 8d 0c 40", code -> code.address(R9, Address.of(R8, R8, 2)));
    check("lea rdx, [rax+r9*2]", "4a 8d 14 48", code -> code.address(RDX, Address.of(RAX, R9, 2)));
    check("add rcx, rbx", "48 01 d9", code -> code.add(RCX, RBX));
    check("add r13, [rdi+72]", "4c 03 6f 48", code -> code.add(R13, Address.of(RDI, 72)));
    check("add rbp, 16", "48 83 c5 10", code -> code.add(RBP, 16));
    check("sub r15, 1", "49 83 ef 01", code -> code.subtract(R15, 1));
    check("test rcx, rcx", "48 85 c9", code -> code.test(RCX));
    check(
        "lea r15, [rip+1]; ret; target:",
        "4c 8d 3d 01 00 00 00 c3",
        code -> {
          int target = code.addressAhead(R15);
          code.emit(0xC3);
          code.land(target);
        });
    check("mov r10, rax", "49 89 c2", code -> code.move(R10, RAX));
    check("xor rcx, rcx", "48 31 c9", code -> code.clear(RCX));
    check(
        "movabs r15, 0x123456789abcdef0",
        "49 bf f0 de bc 9a 78 56 34 12",
        code -> code.set(R15, 0x123456789ABCDEF0L));
    check("mov [rdi+8], rax", "48 89 47 08", code -> code.store(Address.of(RDI, 8), RAX));
    check("and rax, 3", "48 83 e0 03", code -> code.and(RAX, 3));
    check("shr rax, 2", "48 c1 e8 02", code -> code.shiftRight(RAX, 2));
    check("push r12", "41 54", code -> code.push(R12));
    check("pop rbx", "5b", code -> code.pop(RBX));
    check("vzeroupper; ret", "c5 f8 77 c3", VectorAssembler::vectorReturn);
  }

  @Test
  void basesThatNeedAnIndexOrADisplacementGetOne() {
    check("mov rax, [r12]", "49 8b 04 24", code -> code.load(RAX, Address.of(R12, 0)));
    check("mov rax, [rsp+8]", "48 8b 44 24 08", code -> code.load(RAX, Address.of(RSP, 8)));
    check("mov rax, [rbp]", "48 8b 45 00", code -> code.load(RAX, Address.of(RBP, 0)));
  }

  @Test
  void jumpsLeadBackAndForward() {
    check(
        "again: sub rsi, 1; jne again",
        "48 83 ee 01 0f 85 f6 ff ff ff",
        code -> {
          int again = code.here();
          code.subtract(RSI, 1);
          code.jump(Condition.NOT_EQUAL, again);
        });
    check(
        "je over; pop rbx; over:",
        "0f 84 01 00 00 00 5b",
        code -> {
          int over = code.jump(Condition.EQUAL);
          code.pop(RBX);
          code.land(over);
        });
  }

  @Test
  void anImmediateThatDoesNotFitIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new VectorAssembler().add(RAX, 128))
        .withMessageContaining("128");
  }
}
