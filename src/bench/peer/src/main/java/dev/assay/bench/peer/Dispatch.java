package dev.assay.bench.peer;

import java.util.Collection;
import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.GenericList;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.OperatorHandle;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorType;
import org.bytedeco.pytorch.Type;

/** Calls of operators that the Java API does not name. */
final class Dispatch {
  private Dispatch() {}

  static OperatorHandle operator(String name, String overload) {
    return Dispatcher.singleton().findSchemaOrThrow(name, overload);
  }

  static IValue list(Collection<Tensor> tensors) {
    GenericList list = new GenericList(new Type.TypePtr(TensorType.get()));
    for (Tensor tensor : tensors) {
      list.push_back(new IValue(tensor));
    }
    return new IValue(list);
  }
}
