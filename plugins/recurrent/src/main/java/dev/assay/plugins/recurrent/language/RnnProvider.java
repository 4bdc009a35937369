package dev.assay.plugins.recurrent.language;

import com.google.auto.service.AutoService;
import dev.assay.plugins.recurrent.cell.Cell;
import dev.assay.spi.ModelCard;
import dev.assay.spi.ModelProvider;

/** The simple recurrent network as a language model. */
@AutoService(ModelProvider.class)
public final class RnnProvider extends LanguageProvider {
  public RnnProvider() {
    super(Cell.Kind.ELMAN);
  }

  @Override
  public String id() {
    return "rnn";
  }

  @Override
  public ModelCard card() {
    return new ModelCard(
        "Simple recurrent network",
        "recurrent",
        "Mikolov, Karafiát, Burget, Černocký and Khudanpur, Recurrent neural network based language"
            + " model",
        2010,
        "cell: Elman 1990, with tanh; truncated back-propagation through time: §2; gradient clipping:"
            + " Pascanu et al. 2013");
  }
}
