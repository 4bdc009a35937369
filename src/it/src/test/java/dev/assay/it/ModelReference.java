package dev.assay.it;

import dev.assay.it.ModelProbe.Abilities;
import dev.assay.runner.experiment.SettingDoc;
import dev.assay.spi.ModelCard;
import dev.assay.spi.ModelProvider;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The part of a model's page that the program itself knows, as Markdown. */
final class ModelReference {
  private ModelReference() {}

  /**
   * @param pictured whether there is a picture of its samples
   */
  static String of(ModelProvider<?, ?> model, ModelProbe probe, boolean pictured) {
    StringBuilder text = new StringBuilder("## Reference\n\n").append(card(model));
    if (pictured) {
      text.append(
          "![Samples of %s](../images/models/%s.png)\n\n".formatted(model.id(), model.id()));
    }
    return text.append(abilities(probe.of(model)))
        .append(settings("params", model.configType()))
        .append(settings("samplers", model.samplerType()))
        .toString();
  }

  private static String card(ModelProvider<?, ?> model) {
    ModelCard card = model.card();
    String parents =
        model.parents().isEmpty()
            ? ""
            : "\nRoles of its `parents`: `%s`.\n"
                .formatted(String.join("`, `", model.parents().stream().sorted().toList()));
    return """
    **%s**, family `%s`. %s, %d.
    Implements %s.
    %s
    """
        .formatted(
            card.name(), card.family(), card.paper(), card.year(), card.equations(), parents);
  }

  private static String abilities(Map<String, Abilities> abilities) {
    Map<Abilities, List<String>> alike =
        abilities.keySet().stream()
            .collect(
                Collectors.groupingBy(abilities::get, LinkedHashMap::new, Collectors.toList()));
    StringBuilder text =
        new StringBuilder(
            """
            What it learns with default settings, in which [encoding](../how-to/add-a-model.md#2-the-provider), and what it can do then (codes: of images
            of 2×2 pixels, of tables of 2 columns):

            | data | encoding | scores | codes | completions |
            |---|---|---|---|---|
            """);
    alike.forEach((can, data) -> text.append(row(data, can)));
    return text.toString();
  }

  private static String row(List<String> data, Abilities can) {
    return "| %s | `%s` | %s | %s | %s |\n"
        .formatted(
            String.join(", ", data),
            can.encoding(),
            orDash(can.scores()),
            orDash(can.codes()),
            can.completes() ? "yes" : "–");
  }

  private static String orDash(String text) {
    return text.isEmpty() ? "–" : text;
  }

  private static String settings(String key, Class<? extends Record> type) {
    List<SettingDoc> settings = SettingDoc.of(type);
    if (settings.isEmpty()) {
      return "\nThere is nothing to set in `" + key + "`.\n";
    }
    String rows = settings.stream().map(ModelReference::row).collect(Collectors.joining());
    return "\n| `" + key + "` | default | must be | meaning |\n|---|---|---|---|\n" + rows;
  }

  private static String row(SettingDoc setting) {
    String standard = setting.standard().isEmpty() ? "" : "`" + setting.standard() + "`";
    return "| `%s` | %s | %s | %s |\n"
        .formatted(setting.key(), standard, cell(setting.allowed()), cell(setting.meaning()));
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }
}
