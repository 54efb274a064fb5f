/** Keys of local storage. They rise when the stored form changes. */

export const KEY = 'inferometer-energy-1';
export const FOOTPRINT_KEY = 'inferometer-footprint-1';
