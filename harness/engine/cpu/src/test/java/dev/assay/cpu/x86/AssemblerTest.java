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
  private static void check(String instruction, String expected, Consumer<Assembler> code) {
    Assembler assembler = new Assembler();
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
    check("mov r10, rax", "49 89 c2", code -> code.move(R10, RAX));
    check("push r12", "41 54", code -> code.push(R12));
    check("pop rbx", "5b", code -> code.pop(RBX));
    check("vzeroupper; ret", "c5 f8 77 c3", Assembler::vectorReturn);
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
        .isThrownBy(() -> new Assembler().add(RAX, 128))
        .withMessageContaining("128");
  }
}
