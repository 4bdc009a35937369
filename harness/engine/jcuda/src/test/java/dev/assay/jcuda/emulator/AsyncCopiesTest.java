package dev.assay.jcuda.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.jcuda.driver.Driver;
import dev.assay.jcuda.driver.Launch;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The emulator shows copies under way no earlier than a device has to. */
final class AsyncCopiesTest {
  private static final int THREADS = 64;
  private static final int FLOATS = 4 * THREADS;

  /** Copies 16 bytes in each thread, then stores what stands where the next thread copied to. */
  private static final String KERNEL =
      """
      .visible .entry copy(
      	.param .u64 copy_0,
      	.param .u64 copy_1
      )
      {
      	.shared .align 16 .b8 s0[1024];
      	ld.param.u64 %%rd1, [copy_0];
      	ld.param.u64 %%rd2, [copy_1];
      	mov.u32 %%r1, %%tid.x;
      	mad.wide.s32 %%rd3, %%r1, 16, %%rd1;
      	mov.u32 %%r2, s0;
      	mad.lo.s32 %%r3, %%r1, 16, %%r2;
      	cp.async.cg.shared.global [%%r3], [%%rd3], 16;
      	cp.async.commit_group;
      	%s
      	add.s32 %%r4, %%r1, 1;
      	and.b32 %%r5, %%r4, 63;
      	mad.lo.s32 %%r6, %%r5, 16, %%r2;
      	ld.shared.f32 %%f1, [%%r6+4];
      	mad.wide.s32 %%rd4, %%r1, 4, %%rd2;
      	st.global.f32 [%%rd4], %%f1;
      	%s
      	ret;
      }
      """;

  private static float[] run(String before, String after) {
    EmulatedDriver driver = new EmulatedDriver(80, 1 << 20);
    long x = driver.allocate(4L * FLOATS);
    long y = driver.allocate(4L * THREADS);
    Driver.HostMemory host = driver.host(4L * FLOATS);
    for (int i = 0; i < FLOATS; i++) {
      host.segment().setAtIndex(ValueLayout.JAVA_FLOAT, i, i);
    }
    driver.upload(host, 0, x, 4L * FLOATS);
    Driver.Function copy = driver.load(KERNEL.formatted(before, after)).function("copy", 0);
    Launch.Grid one = Launch.Grid.of(1);
    driver.record(List.of(new Launch(copy, one, Launch.Grid.of(THREADS), 0, List.of(x, y)))).run();
    driver.download(y, host, 0, 4L * THREADS);
    float[] values = new float[THREADS];
    MemorySegment.copy(host.segment(), ValueLayout.JAVA_FLOAT, 0, values, 0, THREADS);
    return values;
  }

  @Test
  void aCopyIsThereAfterAWaitAndABarrier() {
    float[] values = run("cp.async.wait_group 0;\n\tbar.sync 0;", "");
    assertThat(values[0]).isEqualTo(5);
    assertThat(values[62]).isEqualTo(253);
    assertThat(values[63]).isEqualTo(1);
  }

  @Test
  void aCopyIsNotThereWithoutAWaitOfItsGroup() {
    assertThat(run("bar.sync 0;", "cp.async.wait_group 0;")).containsOnly(Float.NaN);
    assertThat(run("cp.async.wait_group 1;\n\tbar.sync 0;", "cp.async.wait_group 0;"))
        .containsOnly(Float.NaN);
  }

  @Test
  void aCopyIsNotThereWithoutABarrierAfterTheWait() {
    assertThat(run("cp.async.wait_group 0;", "")).containsOnly(Float.NaN);
    assertThat(run("bar.sync 0;\n\tcp.async.wait_group 0;", "")).containsOnly(Float.NaN);
  }

  @Test
  void aKernelThatEndsWithCopiesUnderWayIsWrong() {
    assertThatThrownBy(() -> run("", ""))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("under way");
  }
}
