package dev.assay.it;

import dev.assay.cpu.CpuProvider;
import dev.assay.tensor.Backend;
import dev.assay.tensor.BackendProvider;
import dev.assay.tensor.DType;
import dev.assay.tensor.DeviceLostException;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Program;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Variable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;

/** The cpu backend as a device that every process loses in the second cell that uses it. */
public final class FragileProvider implements BackendProvider {
  static final String ID = "fragile";
  private static final int RUNS = 5;

  private static int opened;
  private static boolean lost;

  @Override
  public String id() {
    return ID;
  }

  @Override
  public Optional<String> unavailable() {
    return Optional.empty();
  }

  @Override
  public Backend open(Settings settings) {
    opened++;
    return new Fragile(new CpuProvider().open(settings), opened == 1 ? Integer.MAX_VALUE : RUNS);
  }

  private static void requireDevice() {
    if (lost) {
      throw new DeviceLostException("cuGraphLaunch failed: CUDA_ERROR_ILLEGAL_ADDRESS");
    }
  }

  private static final class Fragile implements Backend {
    private final Backend inner;
    private int left;

    Fragile(Backend inner, int left) {
      this.inner = inner;
      this.left = left;
    }

    @Override
    public String id() {
      return ID;
    }

    @Override
    public Map<String, String> facts() {
      return inner.facts();
    }

    @Override
    public Variable variable(String name, DType dtype, Shape shape) {
      requireDevice();
      return inner.variable(name, dtype, shape);
    }

    @Override
    public Program compile(Graph graph) {
      requireDevice();
      Program program = inner.compile(graph);
      return (Program)
          Proxy.newProxyInstance(
              Program.class.getClassLoader(),
              new Class<?>[] {Program.class},
              (_, method, arguments) -> {
                if (method.getName().equals("run")) {
                  lost |= left-- == 0;
                  requireDevice();
                }
                try {
                  return method.invoke(program, arguments);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              });
    }

    @Override
    public void close() {
      inner.close();
    }
  }
}
