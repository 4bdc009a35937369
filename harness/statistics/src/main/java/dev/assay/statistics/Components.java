package dev.assay.statistics;

import java.util.Collection;
import java.util.List;

/**
 * Where a number's variance comes from, each as a standard deviation in the number's unit: method
 * of moments for one-way random effects (Searle, Casella and McCulloch 1992, chapter 3), training
 * seeds being the groups and sampling seeds the values within them.
 *
 * @param training over training seeds, apart from what sampling does; NaN for a single one
 * @param sampling over sampling seeds of one training; NaN where no training has several
 * @param testSet standard error over test items of one run, root mean square; NaN where no run has
 *     an interval
 */
public record Components(double training, double sampling, double testSet) {

  /**
   * @param byTraining values by sampling seed, for each training seed; none empty
   * @param errors standard errors over test items, of those runs that have one
   */
  public static Components of(Collection<double[]> byTraining, double[] errors) {
    List<double[]> groups = List.copyOf(byTraining);
    double total = groups.stream().mapToInt(group -> group.length).sum();
    double within = 0;
    for (double[] group : groups) {
      if (group.length > 1) {
        double deviation = Descriptive.deviation(group);
        within += deviation * deviation * (group.length - 1);
      }
    }
    double freedom = total - groups.size();
    double sampling = freedom > 0 ? within / freedom : Double.NaN;
    double training =
        groups.size() < 2 ? Double.NaN : training(groups, total, freedom > 0 ? sampling : 0);
    double squares = 0;
    for (double error : errors) {
      squares += error * error;
    }
    return new Components(
        Math.sqrt(training), Math.sqrt(sampling), Math.sqrt(squares / errors.length));
  }

  private static double training(List<double[]> groups, double total, double sampling) {
    double grand = groups.stream().mapToDouble(g -> Descriptive.mean(g) * g.length).sum() / total;
    double between = 0;
    double sizes = 0;
    for (double[] group : groups) {
      double off = Descriptive.mean(group) - grand;
      between += group.length * off * off;
      sizes += (double) group.length * group.length;
    }
    double freedom = groups.size() - 1.0;
    double typical = (total - sizes / total) / freedom;
    return Math.max(0, (between / freedom - sampling) / typical);
  }
}
