import { describe, expect, it } from 'vitest';
import { type CaptureTrouble, captureFault, captureRefusal } from './faults.ts';

describe('what a camera or a microphone is refused with', () => {
  it.each([
    ['NotAllowedError', 'Permission denied', /may not use the camera.*Allow it in the site/],
    ['NotAllowedError', 'Permission denied by system', /operating system.*privacy settings/],
    ['NotAllowedError', 'Permission dismissed', /without an answer. Try again/],
    ['SecurityError', '', /may not use the camera/],
    ['NotFoundError', 'Requested device not found', /finds no camera.*Connect one/],
    ['NotReadableError', 'Could not start video source', /\(Could not start video source\).*Close/],
    ['AbortError', '', /could not be started \(AbortError\)/],
    ['TypeError', 'odd', /could not be used: odd/],
  ])('tells %s (%s) apart', (name, message, says) => {
    const fault = captureRefusal('camera', { name, message });
    expect(fault.name).toBe('CaptureError');
    expect(fault.message).toMatch(says);
  });

  it('names the constraint that no device meets', () => {
    const thrown = { name: 'OverconstrainedError', message: '', constraint: 'deviceId' };
    expect(captureRefusal('microphone', thrown).message).toBe(
      'No microphone on this device supports the requested deviceId. Connect another and try again.',
    );
  });

  it('says where an insecure page came from', () => {
    expect(captureFault('camera', 'insecure', 'http://192.168.0.7:8080').message).toContain(
      'this one came from http://192.168.0.7:8080. Open it over https://.',
    );
  });

  it.each<CaptureTrouble>(['unsupported', 'ended', 'silent'])(
    'says what to do when it is %s',
    (trouble) => {
      expect(captureFault('microphone', trouble, '10 s').message).toMatch(
        /microphone.*\. (Open|Check)/,
      );
    },
  );
});
