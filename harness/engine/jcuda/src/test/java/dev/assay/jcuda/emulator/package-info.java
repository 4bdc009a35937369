/**
 * A GPU in plain Java: reads PTX text, the generated and the committed, and runs it thread by
 * thread, block by block. Every access to memory is checked against what was allocated; memory
 * holds NaN until it is written.
 */
package dev.assay.jcuda.emulator;
