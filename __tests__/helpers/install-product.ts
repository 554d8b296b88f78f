import { type InstallOptions, installProduct } from '../../src/buildkit/install/install.ts';
import type { Installed, Product } from '../../src/buildkit/install/product.ts';

/** Installs one product and saves it for the next runner, as a step has done at its end. */
export async function installAndSave<Found>(
  product: Product<Found>,
  options: InstallOptions,
): Promise<Installed<Found>> {
  const { found, save } = await installProduct(product, options);
  await save();
  return found;
}
