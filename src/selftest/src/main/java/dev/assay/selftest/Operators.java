package dev.assay.selftest;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.assay.tensor.Backend;
import java.io.PrintStream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Every operation, random graphs and whole training steps against the reference. */
final class Operators {
  private Operators() {}

  static void run(Backend backend, Report report, PrintStream out) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request().selectors(selectClass(DeviceSuite.class)).build();
    DeviceSuite.given = backend;
    LauncherFactory.create().execute(request, new Rows(report, out));
  }

  private record Rows(Report report, PrintStream out) implements TestExecutionListener {
    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      boolean good = result.getStatus() == TestExecutionResult.Status.SUCCESSFUL;
      if (!test.isTest() && good) {
        return;
      }
      String why = result.getThrowable().map(e -> String.valueOf(e.getMessage())).orElse("");
      report.judge("operators", test.getDisplayName(), good, Double.NaN, "", why);
      if (!good) {
        out.println("failed: " + test.getDisplayName() + "\n" + why.indent(2));
      }
    }
  }
}
