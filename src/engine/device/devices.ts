import { relaxedSimd, simd } from 'wasm-feature-detect';
import type { DeviceClass } from '../../core/energy/priors.ts';
import type { Bytes, Fraction, Milliseconds } from '../../core/units.ts';
import { hasJspi } from '../runtime/runtime.ts';
import { batteryManager } from './battery.ts';
import { measureTimerStep } from './clock.ts';

export type GpuFacts =
  | { readonly state: 'missing'; readonly why: string }
  | {
      readonly state: 'hardware' | 'software';
      /** What the adapter calls itself; browsers tell little, to protect privacy. */
      readonly name: string;
      readonly shaderF16: boolean;
      readonly timestamps: boolean;
      readonly largestBuffer: Bytes;
    };

/** For each device type of WebNN, whether a context could really be made. */
export type WebnnFacts =
  | { readonly state: 'missing' }
  | { readonly state: 'present'; readonly usable: readonly string[] };

export interface BatteryFacts {
  readonly level: Fraction;
  readonly charging: boolean;
}

/** What this browser on this device has, as found by trying. */
export interface DeviceFacts {
  readonly browser: string;
  readonly secure: boolean;
  readonly isolated: boolean;
  readonly cores: number;
  /** Threads that a WASM lane gets. */
  readonly threads: number;
  readonly simd: boolean;
  readonly relaxedSimd: boolean;
  readonly jspi: boolean;
  readonly gpu: GpuFacts;
  readonly webnn: WebnnFacts;
  /** Smallest step that the clock was seen to make. */
  readonly timerStep: Milliseconds;
  /** Rounded down and capped by browsers; null where not told. */
  readonly deviceMemory: Bytes | null;
  /** Most that this page's JavaScript may use; null where not told. */
  readonly heapLimit: Bytes | null;
  readonly battery: BatteryFacts | null;
  readonly deviceClass: DeviceClass;
}

/** What only some browsers have and TypeScript's DOM library therefore lacks. */
interface NavigatorExtras {
  readonly deviceMemory?: number;
  readonly userAgentData?: {
    readonly mobile: boolean;
    readonly brands: readonly { readonly brand: string; readonly version: string }[];
  };
  readonly ml?: { createContext(options: { deviceType: string }): Promise<unknown> };
}
const extras = navigator as Navigator & NavigatorExtras;

const SOFTWARE = /swiftshader|llvmpipe|lavapipe|software|basic render|warp/i;

async function findGpu(): Promise<GpuFacts> {
  if (!navigator.gpu) {
    const why = isSecureContext
      ? 'This browser does not support WebGPU.'
      : 'WebGPU needs https or localhost; this page came over plain http.';
    return { state: 'missing', why };
  }
  const adapter = await navigator.gpu.requestAdapter().catch(() => null);
  if (!adapter) {
    return { state: 'missing', why: 'The browser supports WebGPU but returned no adapter.' };
  }
  const { info, features, limits } = adapter;
  const parts = [info.description, info.device, info.vendor, info.architecture];
  const name = [...new Set(parts.filter((part) => part !== ''))].join(' ') || 'unnamed adapter';
  const software = info.isFallbackAdapter || SOFTWARE.test(name);
  return {
    state: software ? 'software' : 'hardware',
    name,
    shaderF16: features.has('shader-f16'),
    timestamps: features.has('timestamp-query'),
    largestBuffer: limits.maxBufferSize,
  };
}

/** `navigator.ml` may exist while no context can be made, so each type is tried. */
async function findWebnn(): Promise<WebnnFacts> {
  const { ml } = extras;
  if (!ml) return { state: 'missing' };
  const types = ['cpu', 'gpu', 'npu'];
  const tried = await Promise.allSettled(
    types.map((deviceType) => ml.createContext({ deviceType })),
  );
  return { state: 'present', usable: types.filter((_, i) => tried[i]?.status === 'fulfilled') };
}

/** Read anew each time: levels fall and chargers are unplugged. */
export async function findBattery(): Promise<BatteryFacts | null> {
  const battery = await batteryManager();
  return battery && { level: battery.level, charging: battery.charging };
}

function browserName(): string {
  const brand = extras.userAgentData?.brands.find(({ brand: name }) => !/not.a.brand/i.test(name));
  if (brand) return `${brand.brand} ${brand.version}`;
  const known = /(Firefox|Edg|Chrome|Version)\/(\d+)/.exec(navigator.userAgent);
  if (!known) return 'unnamed browser';
  return `${known[1] === 'Version' ? 'Safari' : known[1]} ${known[2]}`;
}

function classify(battery: BatteryFacts | null): DeviceClass {
  const mobile =
    extras.userAgentData?.mobile ??
    (/Android|iPhone|iPad|Mobile/.test(navigator.userAgent) ||
      // iPadOS calls itself a Mac, but no Mac has a touch screen.
      (/Macintosh/.test(navigator.userAgent) && navigator.maxTouchPoints > 1));
  if (mobile) return 'phone';
  // A battery is proof of a laptop; its absence proves nothing, since most browsers hide it.
  return battery ? 'laptop' : 'unknown';
}

export async function findDevice(): Promise<DeviceFacts> {
  const [gpu, webnn, battery, hasSimd, hasRelaxed] = await Promise.all([
    findGpu(),
    findWebnn(),
    findBattery(),
    simd(),
    relaxedSimd(),
  ]);
  const cores = navigator.hardwareConcurrency;
  const heap = (performance as Performance & { memory?: { jsHeapSizeLimit: number } }).memory;
  return {
    browser: browserName(),
    secure: isSecureContext,
    isolated: crossOriginIsolated,
    cores,
    threads: crossOriginIsolated ? cores : 1,
    simd: hasSimd,
    relaxedSimd: hasRelaxed,
    jspi: hasJspi(),
    gpu,
    webnn,
    timerStep: measureTimerStep(),
    deviceMemory: extras.deviceMemory ? extras.deviceMemory * 2 ** 30 : null,
    heapLimit: heap?.jsHeapSizeLimit ?? null,
    battery,
    deviceClass: classify(battery),
  };
}

/** The page's JavaScript heap now; null where the browser does not tell. */
export function readJsHeap(): Bytes | null {
  const heap = (performance as Performance & { memory?: { usedJSHeapSize: number } }).memory;
  return heap?.usedJSHeapSize ?? null;
}
