#!/bin/sh
# Compiles every kernel of this folder to PTX for each processor generation, into the resources of this module:
# NAME-75.ptx, NAME-80.ptx, NAME-90.ptx; NAME_tensor.cu for 80 and 90 alone, which have the tensor cores it needs. The ISA
# version is lowered to the first that knows the processor, and hints of later ones are left out, so that the driver of any
# CUDA 12 accepts it. Needs nvcc; NVCC names another one, OUT another folder. What the committed PTX was made from is kept
# in sources.sha256, since two runs of nvcc on one source may number registers and order instructions differently.
set -eu
cd "$(dirname "$0")"
out=${OUT:-../resources/dev/assay/jcuda/kernels}
mkdir -p "$out"
for source in *.cu; do
  for target in 75:6.3 80:7.0 90:7.8; do
    processor=${target%%:*}
    isa=${target#*:}
    case $source-$processor in *_tensor.cu-75) continue ;; esac
    file=$out/${source%.cu}-$processor.ptx
    "${NVCC:-nvcc}" -ptx -O3 -std=c++17 -arch="compute_$processor" "$source" -o "$file.raw"
    sed -e "s/^\.version .*/.version $isa/" -e 's/[[:space:]]*\/\/.*//' \
      -e '/\.pragma "used_bytes_mask/d' -e '/^[[:space:]]*$/d' "$file.raw" >"$file"
    rm "$file.raw"
  done
done
[ -n "${OUT:-}" ] || sha256sum -- *.cu *.cuh build.sh >sources.sha256
