package dev.assay.cli;

import dev.assay.runner.execute.Cancellation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * Ctrl-C once: stop soon, resumable. Twice: exit at once, which harms no file since each is written
 * whole or not at all.
 *
 * <p>A shutdown hook cannot do this, since the JVM ignores further signals while hooks run. The
 * JDK's signal class is internal, without a successor, and reached by reflection; where it is
 * missing, Ctrl-C ends the process as ever, and the next run goes on from the last checkpoint.
 */
final class Interrupts {
  private Interrupts() {}

  /**
   * Handles the signals INT and TERM from now on.
   *
   * @param first is called at the first one, from another thread
   */
  static void install(Cancellation cancellation, Runnable first) {
    handle(cancellation, first, Runtime.getRuntime()::halt);
  }

  static void handle(Cancellation cancellation, Runnable first, IntConsumer halt) {
    AtomicInteger count = new AtomicInteger();
    Runnable action =
        () -> {
          if (count.incrementAndGet() == 1) {
            cancellation.request();
            first.run();
          } else {
            halt.accept(Exit.FAILED);
          }
        };
    on(action);
  }

  /** Lets both signals be the matter of the process that started this one. */
  static void ignore() {
    on(() -> {});
  }

  private static void on(Runnable action) {
    try {
      on("INT", action);
      on("TERM", action);
    } catch (ReflectiveOperationException e) {
      System.getLogger(Interrupts.class.getName())
          .log(System.Logger.Level.DEBUG, "signals are left to the JVM", e);
    }
  }

  private static void on(String signal, Runnable action) throws ReflectiveOperationException {
    Class<?> type = Class.forName("sun.misc.Signal");
    Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
    MethodHandle run =
        MethodHandles.lookup()
            .findVirtual(Runnable.class, "run", MethodType.methodType(void.class))
            .bindTo(action);
    Object handler =
        MethodHandleProxies.asInterfaceInstance(
            handlerType, MethodHandles.dropArguments(run, 0, type));
    type.getMethod("handle", type, handlerType)
        .invoke(null, type.getConstructor(String.class).newInstance(signal), handler);
  }
}
