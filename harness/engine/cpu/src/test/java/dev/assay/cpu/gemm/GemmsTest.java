package dev.assay.cpu.gemm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class GemmsTest {
  private final String before = System.getProperty(Gemms.PROPERTY, "");

  @AfterEach
  void restore() {
    choose(before);
  }

  private static void choose(String name) {
    System.setProperty(Gemms.PROPERTY, name);
  }

  @Test
  void theOneNamedIsTaken() {
    for (Gemm gemm : Gemms.available()) {
      choose(gemm.name());
      assertThat(Gemms.select().gemm()).isSameAs(gemm);
    }
  }

  @Test
  void anUnknownNameIsRefusedWithTheChoices() {
    choose("mkl");
    assertThatIllegalArgumentException()
        .isThrownBy(Gemms::select)
        .withMessageContaining("assay.blas = 'mkl'")
        .withMessageContaining("dnnl, avx512, openblas, java");
  }

  @Test
  void aMissingLibrarySaysWhichJarBringsIt() {
    assertThatThrownBy(() -> NativeLibrary.load("nowhere", List.of("libnone.so"), Map.of()))
        .isInstanceOf(NativeLibraryException.class)
        .hasMessageContaining("libnone.so")
        .hasMessageContaining("org.bytedeco:nowhere");
  }
}
