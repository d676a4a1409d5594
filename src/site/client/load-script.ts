/** Loads a script of the site, once: it works under the strictest policy and from plain files alike. Fails where it cannot be had, and may then be asked again. */
export function loadScript(address: string): Promise<void> {
  let loading = loads.get(address);
  if (!loading) {
    loading = new Promise((loaded, failed) => {
      const element = document.createElement('script');
      element.src = address;
      element.onload = () => loaded();
      element.onerror = () => {
        loads.delete(address);
        element.remove();
        failed(new Error(`could not load ${address}`));
      };
      document.head.append(element);
    });
    loads.set(address, loading);
  }
  return loading;
}

const loads = new Map<string, Promise<void>>();
