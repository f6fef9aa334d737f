export type { CertificatePair } from './certificate-pair.ts';
export { TlsCertificate } from './tls-certificate.ts';
