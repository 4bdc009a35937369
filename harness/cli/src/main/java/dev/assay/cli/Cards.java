package dev.assay.cli;

import dev.assay.dashboard.view.Docs;
import dev.assay.runner.experiment.Registry;
import dev.assay.runner.experiment.SettingDoc;
import dev.assay.spi.DatasetCard;
import dev.assay.spi.Metric;
import dev.assay.spi.ModelProvider;
import java.util.List;

/** The cards of models, datasets and metrics, for the dashboard. */
final class Cards {
  private Cards() {}

  static Docs of(Registry registry) {
    return new Docs(
        registry.models().stream().map(Cards::model).toList(),
        registry.datasets().stream().map(Cards::dataset).toList(),
        registry.metrics().stream().map(Cards::metric).toList());
  }

  private static Docs.ModelDoc model(ModelProvider<?, ?> model) {
    return new Docs.ModelDoc(
        model.id(),
        model.card().name(),
        model.card().family(),
        model.card().paper(),
        model.card().year(),
        model.card().equations(),
        settings(model.configType()),
        settings(model.samplerType()));
  }

  private static List<Docs.Setting> settings(Class<? extends Record> type) {
    return SettingDoc.of(type).stream()
        .map(s -> new Docs.Setting(s.key(), s.standard(), s.allowed(), s.meaning()))
        .toList();
  }

  private static Docs.DatasetDoc dataset(DatasetCard card) {
    return new Docs.DatasetDoc(
        card.id(), card.name(), card.summary(), card.license(), card.citation(), card.split());
  }

  private static Docs.MetricDoc metric(Metric metric) {
    Metric.Info info = metric.info();
    return new Docs.MetricDoc(
        metric.id(), info.name(), info.unit(), Listing.direction(info.direction()), info.source());
  }
}
