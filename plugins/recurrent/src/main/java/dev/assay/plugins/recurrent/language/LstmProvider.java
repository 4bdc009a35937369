package dev.assay.plugins.recurrent.language;

import com.google.auto.service.AutoService;
import dev.assay.plugins.recurrent.cell.Cell;
import dev.assay.spi.ModelCard;
import dev.assay.spi.ModelProvider;

/** Long short-term memory as a language model. */
@AutoService(ModelProvider.class)
public final class LstmProvider extends LanguageProvider {
  public LstmProvider() {
    super(Cell.Kind.LSTM);
  }

  @Override
  public String id() {
    return "lstm";
  }

  @Override
  public ModelCard card() {
    return new ModelCard(
        "Long short-term memory",
        "recurrent",
        "Zaremba, Sutskever and Vinyals, Recurrent Neural Network Regularization",
        2014,
        "cell: Hochreiter and Schmidhuber 1997, forget gate of Gers et al. 2000; dropout: §3; weight"
            + " tying: Press and Wolf 2017");
  }
}
