-- A practice system that nobody has seen before: the clinic of a harbour town, with invented people.
-- SQLite's SQL, and plain enough to be read as anybody's.

CREATE TABLE person (
  person_code VARCHAR(12) NOT NULL PRIMARY KEY,
  born DATE,
  sex_flag VARCHAR(1),
  mobile VARCHAR(20),
  usual_clinician VARCHAR(8),
  ihi VARCHAR(16),
  removed_on DATE,
  touched_on DATE NOT NULL,
  touched_at TIME NOT NULL
);
CREATE INDEX person_born ON person (born);
CREATE INDEX person_ihi ON person (ihi);
CREATE INDEX person_clinician ON person (usual_clinician);

-- Every name that somebody has or had: kind is B (birth), C (current) or K (known as).
CREATE TABLE person_name (
  person_code VARCHAR(12) NOT NULL,
  line_no INTEGER NOT NULL,
  kind VARCHAR(1) NOT NULL,
  family_name NVARCHAR(60),
  given_names NVARCHAR(60),
  PRIMARY KEY (person_code, line_no)
);
CREATE INDEX person_name_family ON person_name (family_name);
CREATE INDEX person_name_given ON person_name (given_names);

CREATE TABLE person_address (
  address_id INTEGER NOT NULL PRIMARY KEY,
  person_code VARCHAR(12) NOT NULL,
  is_postal SMALLINT NOT NULL,
  street NVARCHAR(80),
  suburb NVARCHAR(40),
  state_code VARCHAR(3),
  postcode VARCHAR(4),
  ended_on DATE
);
CREATE INDEX person_address_person ON person_address (person_code);
CREATE INDEX person_address_suburb ON person_address (suburb);

CREATE TABLE clinician (
  clinician_code VARCHAR(8) NOT NULL PRIMARY KEY,
  full_name NVARCHAR(80) NOT NULL,
  family_name NVARCHAR(40) NOT NULL,
  provider_no VARCHAR(8),
  is_working SMALLINT NOT NULL
);
CREATE INDEX clinician_family ON clinician (family_name);
CREATE INDEX clinician_provider ON clinician (provider_no);

CREATE TABLE diary (
  diary_no INTEGER NOT NULL PRIMARY KEY,
  person_code VARCHAR(12),
  clinician_code VARCHAR(8) NOT NULL,
  on_day DATE NOT NULL,
  from_time TIME,
  minutes INTEGER,
  till_time TIME,
  state VARCHAR(3) NOT NULL,
  why NVARCHAR(100),
  struck_out_on DATE
);
CREATE INDEX diary_person ON diary (person_code);
CREATE INDEX diary_clinician ON diary (clinician_code);
CREATE INDEX diary_day ON diary (on_day);
CREATE INDEX diary_state ON diary (state);

-- The clinic's own short codes; a SNOMED CT code where somebody has looked it up.
CREATE TABLE problem_code (
  short_code VARCHAR(10) NOT NULL PRIMARY KEY,
  words NVARCHAR(80) NOT NULL,
  snomed VARCHAR(18)
);
CREATE INDEX problem_code_snomed ON problem_code (snomed);

CREATE TABLE problem (
  person_code VARCHAR(12) NOT NULL,
  problem_no INTEGER NOT NULL,
  short_code VARCHAR(10),
  free_words NVARCHAR(200),
  since DATE,
  over_on DATE,
  is_active SMALLINT NOT NULL,
  struck_out_on DATE,
  PRIMARY KEY (person_code, problem_no)
);
CREATE INDEX problem_code_of ON problem (short_code);
CREATE INDEX problem_since ON problem (since);

CREATE TABLE allergy (
  allergy_id INTEGER NOT NULL PRIMARY KEY,
  person_code VARCHAR(12) NOT NULL,
  substance NVARCHAR(80),
  is_drug SMALLINT,
  danger VARCHAR(1),
  noted_on DATE,
  struck_out_on DATE
);
CREATE INDEX allergy_person ON allergy (person_code);

CREATE TABLE allergy_sign (
  allergy_id INTEGER NOT NULL,
  sign_no INTEGER NOT NULL,
  sign NVARCHAR(80) NOT NULL,
  how_bad VARCHAR(3),
  PRIMARY KEY (allergy_id, sign_no)
);

CREATE TABLE reading (
  reading_id INTEGER NOT NULL PRIMARY KEY,
  person_code VARCHAR(12) NOT NULL,
  what VARCHAR(4) NOT NULL,
  taken_on DATE NOT NULL,
  taken_at TIME,
  amount DECIMAL(8,2),
  upper_amount DECIMAL(8,2),
  struck_out_on DATE
);
CREATE INDEX reading_person ON reading (person_code);
CREATE INDEX reading_what ON reading (what);
CREATE INDEX reading_day ON reading (taken_on);

INSERT INTO clinician VALUES
  ('OKA', 'Dr Hana Okafor', 'Okafor', '2426621B', 1),
  ('LIN', 'Dr Per Lindqvist', 'Lindqvist', NULL, 1),
  ('SOU', 'Nurse Inês Sousa', 'Sousa', NULL, 0);

INSERT INTO person VALUES
  ('HC-0001', '1948-03-30', 'F', '0491 570 156', 'OKA', '8003608166690503', NULL, '2024-02-01', '09:15:00'),
  ('HC-0002', '1990-11-02', 'M', NULL, 'LIN', NULL, NULL, '2024-03-11', '16:40:10'),
  ('HC-0003', NULL, NULL, '0491 570 157', NULL, NULL, NULL, '2023-12-24', '08:00:00'),
  ('HC-0004', '2019-07-15', 'X', NULL, 'OKA', NULL, NULL, '2024-05-05', '11:11:11'),
  ('HC 5/B', '1975-01-01', 'F', NULL, 'LIN', NULL, NULL, '2024-01-02', '10:00:00'),
  ('HC-0006', '1961-09-09', 'M', NULL, 'OKA', NULL, '2024-04-01', '2024-04-01', '12:00:00');

INSERT INTO person_name VALUES
  ('HC-0001', 1, 'B', 'Marsh', 'Edith'),
  ('HC-0001', 2, 'C', 'Fennimore', 'Edith Rose'),
  ('HC-0002', 1, 'C', 'Abelló', 'Tomàs'),
  ('HC-0002', 2, 'K', NULL, 'Tom'),
  ('HC-0003', 1, 'K', NULL, 'Skipper'),
  ('HC-0004', 1, 'C', 'Fennimore', 'Wren'),
  ('HC 5/B', 1, 'C', 'O''Marsh', 'Delia'),
  ('HC-0006', 1, 'C', 'Gone', 'Arthur');

INSERT INTO person_address VALUES
  (1, 'HC-0001', 0, '3 Lighthouse Lane', 'Gullhaven', 'TAS', '7190', NULL),
  (2, 'HC-0001', 1, 'PO Box 12', 'Gullhaven', 'TAS', '7190', NULL),
  (3, 'HC-0001', 0, '88 Old Quay', 'Strahan', 'TAS', '7468', '2015-06-30'),
  (4, 'HC-0002', 0, '7 Net Street', 'Strahan', 'TAS', '7468', NULL),
  (5, 'HC-0004', 0, '3 Lighthouse Lane', 'Gullhaven', 'TAS', '7190', NULL);

INSERT INTO diary VALUES
  (101, 'HC-0001', 'OKA', '2024-04-07', '02:15:00', 15, '02:30:00', 'CAM', 'Chest pain at night', NULL),
  (102, 'HC-0001', 'OKA', '2024-06-03', '09:00:00', 15, '09:15:00', 'BKD', 'Blood pressure', NULL),
  (103, 'HC-0002', 'LIN', '2024-06-03', '09:00:00', 30, '09:30:00', 'BKD', NULL, NULL),
  (104, 'HC-0004', 'OKA', '2024-06-03', '23:45:00', 15, '23:59:00', 'OFF', 'Fever', NULL),
  (105, 'HC-0002', 'LIN', '2024-06-04', NULL, NULL, NULL, 'BKD', 'Some time that day', NULL),
  (106, 'HC-0001', 'SOU', '2024-05-20', '10:00:00', 10, '10:10:00', 'DNA', NULL, NULL),
  (107, NULL, 'OKA', '2024-06-05', '12:00:00', 60, '13:00:00', 'BKD', 'Lunch', NULL),
  (108, 'HC-0002', 'OKA', '2024-06-06', '12:00:00', 10, '12:10:00', 'BKD', 'Entered twice', '2024-06-01');

INSERT INTO problem_code VALUES
  ('HT', 'High blood pressure', '38341003'),
  ('T2', 'Diabetes, type 2', '44054006'),
  ('SEAS', 'Seasick', NULL);

INSERT INTO problem VALUES
  ('HC-0001', 1, 'HT', NULL, '2009-05-12', NULL, 1, NULL),
  ('HC-0001', 2, 'T2', 'Diet only', '2016-01-01', NULL, 1, NULL),
  ('HC-0002', 1, 'SEAS', NULL, NULL, '2020-08-01', 0, NULL),
  ('HC-0004', 1, NULL, 'Bruised knee', '2024-05-01', '2024-05-05', 0, NULL),
  ('HC-0004', 2, 'HT', NULL, '2024-05-05', NULL, 1, '2024-05-05'),
  ('HC 5/B', 1, 'HT', NULL, '2021-02-03', NULL, 1, NULL);

INSERT INTO allergy VALUES
  (11, 'HC-0001', 'Penicillin', 1, 'H', '1999-02-03', NULL),
  (12, 'HC-0002', 'Oysters', 0, 'L', NULL, NULL),
  (13, 'HC-0004', NULL, NULL, NULL, '2024-05-05', NULL),
  (14, 'HC-0002', 'Latex', 0, 'H', NULL, '2022-01-01');

INSERT INTO allergy_sign VALUES
  (11, 1, 'Rash', 'MIL'),
  (11, 2, 'Swollen throat', 'SEV'),
  (12, 1, 'Vomiting', NULL);

INSERT INTO reading VALUES
  (1, 'HC-0001', 'BP', '2024-05-20', '10:05:00', 92.00, 158.00, NULL),
  (2, 'HC-0001', 'WT', '2024-05-20', '10:07:00', 71.50, NULL, NULL),
  (3, 'HC-0002', 'WT', '2024-01-31', NULL, 88.00, NULL, NULL),
  (4, 'HC-0004', 'TEMP', '2024-06-02', '23:50:00', 39.40, NULL, NULL),
  (5, 'HC-0004', 'TEMP', '2024-06-03', '00:10:00', 39.10, NULL, NULL),
  (6, 'HC-0002', 'TEMP', '2024-01-31', '09:00:00', NULL, NULL, NULL),
  (7, 'HC-0002', 'WT', '2024-01-31', '09:00:00', 8.80, NULL, '2024-01-31');
