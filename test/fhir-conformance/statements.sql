-- Patient?_id (one)
SELECT TOP (@p1) [t0].[InternalID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[PatientStatusCode], [t0].[DeceasedDate] FROM [Patients] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[InternalID] = @p3) ORDER BY [t0].[InternalID]
-- @p1 Int, @p2 Bit, @p3 Int

-- Patient?_id (or)
SELECT TOP (@p1) [t0].[InternalID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[PatientStatusCode], [t0].[DeceasedDate] FROM [Patients] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[InternalID] IN (@p3, @p4)) ORDER BY [t0].[InternalID]
-- @p1 Int, @p2 Bit, @p3 Int, @p4 Int

-- Patient?identifier (code)
SELECT TOP (@p1) [t0].[InternalID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[PatientStatusCode], [t0].[DeceasedDate] FROM [Patients] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND ([t0].[RecordNo] = @p3 OR [t0].[IHI] = @p4 OR (([t0].[MedicareNo] = @p5 AND [t0].[MedicareLineNo] IS NULL) OR ([t0].[MedicareNo] = @p6 AND [t0].[MedicareLineNo] = @p7)) OR [t0].[ConcessionNo] = @p8 OR [t0].[HealthFundNo] = @p9)) ORDER BY [t0].[InternalID]
-- @p1 Int, @p2 Bit, @p3 VarChar, @p4 VarChar, @p5 VarChar, @p6 VarChar, @p7 TinyInt, @p8 VarChar, @p9 VarChar

-- Patient?identifier (systemCode)
SELECT TOP (@p1) [t0].[InternalID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[PatientStatusCode], [t0].[DeceasedDate] FROM [Patients] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[HealthFundNo] = @p3) ORDER BY [t0].[InternalID]
-- @p1 Int, @p2 Bit, @p3 VarChar

-- Patient?identifier (or)
SELECT TOP (@p1) [t0].[InternalID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[PatientStatusCode], [t0].[DeceasedDate] FROM [Patients] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND ([t0].[RecordNo] IN (@p3, @p4) OR [t0].[IHI] IN (@p5, @p6) OR ((([t0].[MedicareNo] = @p7 AND [t0].[MedicareLineNo] IS NULL) OR ([t0].[MedicareNo] = @p8 AND [t0].[MedicareLineNo] = @p9)) OR (([t0].[MedicareNo] = @p10 AND [t0].[MedicareLineNo] IS NULL) OR ([t0].[MedicareNo] = @p11 AND [t0].[MedicareLineNo] = @p12))) OR [t0].[DVANo] = @p13 OR [t0].[ConcessionNo] IN (@p14, @p15) OR [t0].[HealthFundNo] IN (@p16, @p17))) ORDER BY [t0].[InternalID]
-- @p1 Int, @p2 Bit, @p3 VarChar, @p4 VarChar, @p5 VarChar, @p6 VarChar, @p7 VarChar, @p8 VarChar, @p9 TinyInt, @p10 VarChar, @p11 VarChar, @p12 TinyInt, @p13 VarChar, @p14 VarChar, @p15 VarChar, @p16 VarChar, @p17 VarChar

-- Patient?family (whole)
-- Patient?family (beginning)
SELECT TOP (@p1) [t0].[InternalID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[PatientStatusCode], [t0].[DeceasedDate] FROM [Patients] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND ([t0].[Surname] LIKE @p3 ESCAPE '\' OR [t0].[PreviousSurname] LIKE @p4 ESCAPE '\')) ORDER BY [t0].[InternalID]
-- @p1 Int, @p2 Bit, @p3 NVarChar, @p4 NVarChar

-- Patient?name (whole)
-- Patient?name (beginning)
SELECT TOP (@p1) [t0].[InternalID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[PatientStatusCode], [t0].[DeceasedDate] FROM [Patients] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND ([t0].[Surname] LIKE @p3 ESCAPE '\' OR [t0].[Firstname] LIKE @p4 ESCAPE '\' OR [t0].[Middlename] LIKE @p5 ESCAPE '\' OR [t0].[PreferredName] LIKE @p6 ESCAPE '\' OR [t0].[PreviousSurname] LIKE @p7 ESCAPE '\' OR [t0].[Title] LIKE @p8 ESCAPE '\')) ORDER BY [t0].[InternalID]
-- @p1 Int, @p2 Bit, @p3 NVarChar, @p4 NVarChar, @p5 NVarChar, @p6 NVarChar, @p7 NVarChar, @p8 NVarChar

-- Patient?birthdate (day)
SELECT TOP (@p1) [t0].[InternalID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[PatientStatusCode], [t0].[DeceasedDate] FROM [Patients] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND ([t0].[DOB] >= @p3 AND [t0].[DOB] < @p4)) ORDER BY [t0].[InternalID]
-- @p1 Int, @p2 Bit, @p3 Date, @p4 Date

-- Patient?birthdate (gt)
-- Patient?birthdate (ge)
SELECT TOP (@p1) [t0].[InternalID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[PatientStatusCode], [t0].[DeceasedDate] FROM [Patients] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[DOB] >= @p3) ORDER BY [t0].[InternalID]
-- @p1 Int, @p2 Bit, @p3 Date

-- Patient?birthdate (lt)
-- Patient?birthdate (le)
SELECT TOP (@p1) [t0].[InternalID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[PatientStatusCode], [t0].[DeceasedDate] FROM [Patients] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[DOB] < @p3) ORDER BY [t0].[InternalID]
-- @p1 Int, @p2 Bit, @p3 Date

-- Patient?birthdate (and)
SELECT TOP (@p1) [t0].[InternalID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[PatientStatusCode], [t0].[DeceasedDate] FROM [Patients] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[DOB] >= @p3 AND [t0].[DOB] < @p4) ORDER BY [t0].[InternalID]
-- @p1 Int, @p2 Bit, @p3 Date, @p4 Date

-- Patient?gender (code)
-- Patient?gender (systemCode)
SELECT TOP (@p1) [t0].[InternalID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[PatientStatusCode], [t0].[DeceasedDate] FROM [Patients] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND ([t0].[SexCode] = @p3 OR ([t0].[SexCode] <> '' AND CASE WHEN [t0].[SexCode] IN (@p4, @p5, @p6, @p7) THEN 1 ELSE 0 END = 0) OR ([t0].[SexCode] IS NULL OR [t0].[SexCode] = ''))) ORDER BY [t0].[InternalID]
-- @p1 Int, @p2 Bit, @p3 VarChar, @p4 VarChar, @p5 VarChar, @p6 VarChar, @p7 VarChar

-- Patient?gender (or)
SELECT TOP (@p1) [t0].[InternalID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[PatientStatusCode], [t0].[DeceasedDate] FROM [Patients] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND ([t0].[SexCode] = @p3 OR ([t0].[SexCode] = @p4 OR ([t0].[SexCode] <> '' AND CASE WHEN [t0].[SexCode] IN (@p5, @p6, @p7, @p8) THEN 1 ELSE 0 END = 0) OR ([t0].[SexCode] IS NULL OR [t0].[SexCode] = '')))) ORDER BY [t0].[InternalID]
-- @p1 Int, @p2 Bit, @p3 VarChar, @p4 VarChar, @p5 VarChar, @p6 VarChar, @p7 VarChar, @p8 VarChar

-- Patient?indigenous-status (code)
-- Patient?indigenous-status (systemCode)
SELECT TOP (@p1) [t0].[InternalID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[PatientStatusCode], [t0].[DeceasedDate] FROM [Patients] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[IndigenousStatusCode] = @p3) ORDER BY [t0].[InternalID]
-- @p1 Int, @p2 Bit, @p3 TinyInt

-- Patient?indigenous-status (or)
SELECT TOP (@p1) [t0].[InternalID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[PatientStatusCode], [t0].[DeceasedDate] FROM [Patients] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[IndigenousStatusCode] IN (@p3, @p4)) ORDER BY [t0].[InternalID]
-- @p1 Int, @p2 Bit, @p3 TinyInt, @p4 TinyInt

-- Patient?gender-identity (code)
-- Patient?gender-identity (systemCode)
SELECT TOP (@p1) [t0].[InternalID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[PatientStatusCode], [t0].[DeceasedDate] FROM [Patients] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[GenderIdentityCode] = @p3) ORDER BY [t0].[InternalID]
-- @p1 Int, @p2 Bit, @p3 TinyInt

-- Patient?gender-identity (or)
SELECT TOP (@p1) [t0].[InternalID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[PatientStatusCode], [t0].[DeceasedDate] FROM [Patients] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[GenderIdentityCode] IN (@p3, @p4)) ORDER BY [t0].[InternalID]
-- @p1 Int, @p2 Bit, @p3 TinyInt, @p4 TinyInt

-- Patient?given (whole)
-- Patient?given (beginning)
SELECT TOP (@p1) [t0].[InternalID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[PatientStatusCode], [t0].[DeceasedDate] FROM [Patients] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND ([t0].[Firstname] LIKE @p3 ESCAPE '\' OR [t0].[Middlename] LIKE @p4 ESCAPE '\' OR [t0].[PreferredName] LIKE @p5 ESCAPE '\')) ORDER BY [t0].[InternalID]
-- @p1 Int, @p2 Bit, @p3 NVarChar, @p4 NVarChar, @p5 NVarChar

-- Patient?active (code)
-- Patient?active (or)
-- Patient?deceased (or)
SELECT TOP (@p1) [t0].[InternalID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[PatientStatusCode], [t0].[DeceasedDate] FROM [Patients] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[PatientStatusCode] IN (@p3, @p4, @p5, @p6)) ORDER BY [t0].[InternalID]
-- @p1 Int, @p2 Bit, @p3 VarChar, @p4 VarChar, @p5 VarChar, @p6 VarChar

-- Patient?deceased (code)
SELECT TOP (@p1) [t0].[InternalID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[PatientStatusCode], [t0].[DeceasedDate] FROM [Patients] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[PatientStatusCode] = @p3) ORDER BY [t0].[InternalID]
-- @p1 Int, @p2 Bit, @p3 VarChar

-- Patient?death-date (day)
SELECT TOP (@p1) [t0].[InternalID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[PatientStatusCode], [t0].[DeceasedDate] FROM [Patients] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND ([t0].[DeceasedDate] >= @p3 AND [t0].[DeceasedDate] < @p4)) ORDER BY [t0].[InternalID]
-- @p1 Int, @p2 Bit, @p3 Date, @p4 Date

-- Patient?death-date (gt)
SELECT TOP (@p1) [t0].[InternalID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[PatientStatusCode], [t0].[DeceasedDate] FROM [Patients] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[DeceasedDate] >= @p3) ORDER BY [t0].[InternalID]
-- @p1 Int, @p2 Bit, @p3 Date

-- Patient?death-date (lt)
SELECT TOP (@p1) [t0].[InternalID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[PatientStatusCode], [t0].[DeceasedDate] FROM [Patients] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[DeceasedDate] < @p3) ORDER BY [t0].[InternalID]
-- @p1 Int, @p2 Bit, @p3 Date

-- Patient?death-date (ge)
SELECT TOP (@p1) [t0].[InternalID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[PatientStatusCode], [t0].[DeceasedDate] FROM [Patients] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND ([t0].[DeceasedDate] >= @p3 OR ([t0].[DeceasedDate] >= @p4 AND [t0].[DeceasedDate] < @p5))) ORDER BY [t0].[InternalID]
-- @p1 Int, @p2 Bit, @p3 Date, @p4 Date, @p5 Date

-- Patient?death-date (le)
SELECT TOP (@p1) [t0].[InternalID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[PatientStatusCode], [t0].[DeceasedDate] FROM [Patients] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND ([t0].[DeceasedDate] < @p3 OR ([t0].[DeceasedDate] >= @p4 AND [t0].[DeceasedDate] < @p5))) ORDER BY [t0].[InternalID]
-- @p1 Int, @p2 Bit, @p3 Date, @p4 Date, @p5 Date

-- Patient?death-date (and)
SELECT TOP (@p1) [t0].[InternalID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[PatientStatusCode], [t0].[DeceasedDate] FROM [Patients] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND ([t0].[DeceasedDate] >= @p3 OR ([t0].[DeceasedDate] >= @p4 AND [t0].[DeceasedDate] < @p5)) AND [t0].[DeceasedDate] < @p6) ORDER BY [t0].[InternalID]
-- @p1 Int, @p2 Bit, @p3 Date, @p4 Date, @p5 Date, @p6 Date

-- Patient?phone (code)
-- Patient?telecom (systemCode)
SELECT TOP (@p1) [t0].[InternalID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[PatientStatusCode], [t0].[DeceasedDate] FROM [Patients] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND ([t0].[MobilePhone] = @p3 OR [t0].[HomePhone] = @p4 OR [t0].[WorkPhone] = @p5)) ORDER BY [t0].[InternalID]
-- @p1 Int, @p2 Bit, @p3 VarChar, @p4 VarChar, @p5 VarChar

-- Patient?phone (or)
SELECT TOP (@p1) [t0].[InternalID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[PatientStatusCode], [t0].[DeceasedDate] FROM [Patients] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND ([t0].[MobilePhone] IN (@p3, @p4) OR [t0].[HomePhone] IN (@p5, @p6) OR [t0].[WorkPhone] IN (@p7, @p8))) ORDER BY [t0].[InternalID]
-- @p1 Int, @p2 Bit, @p3 VarChar, @p4 VarChar, @p5 VarChar, @p6 VarChar, @p7 VarChar, @p8 VarChar

-- Patient?email (code)
SELECT TOP (@p1) [t0].[InternalID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[PatientStatusCode], [t0].[DeceasedDate] FROM [Patients] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[Email] = @p3) ORDER BY [t0].[InternalID]
-- @p1 Int, @p2 Bit, @p3 VarChar

-- Patient?email (or)
SELECT TOP (@p1) [t0].[InternalID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[PatientStatusCode], [t0].[DeceasedDate] FROM [Patients] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[Email] IN (@p3, @p4)) ORDER BY [t0].[InternalID]
-- @p1 Int, @p2 Bit, @p3 VarChar, @p4 VarChar

-- Patient?telecom (code)
SELECT TOP (@p1) [t0].[InternalID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[PatientStatusCode], [t0].[DeceasedDate] FROM [Patients] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND ([t0].[MobilePhone] = @p3 OR [t0].[HomePhone] = @p4 OR [t0].[WorkPhone] = @p5 OR [t0].[Email] = @p6)) ORDER BY [t0].[InternalID]
-- @p1 Int, @p2 Bit, @p3 VarChar, @p4 VarChar, @p5 VarChar, @p6 VarChar

-- Patient?telecom (or)
SELECT TOP (@p1) [t0].[InternalID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[PatientStatusCode], [t0].[DeceasedDate] FROM [Patients] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND ([t0].[MobilePhone] IN (@p3, @p4) OR [t0].[HomePhone] IN (@p5, @p6) OR [t0].[WorkPhone] IN (@p7, @p8) OR [t0].[Email] IN (@p9, @p10))) ORDER BY [t0].[InternalID]
-- @p1 Int, @p2 Bit, @p3 VarChar, @p4 VarChar, @p5 VarChar, @p6 VarChar, @p7 VarChar, @p8 VarChar, @p9 VarChar, @p10 VarChar

-- Patient?address (whole)
SELECT TOP (@p1) [t0].[InternalID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[PatientStatusCode], [t0].[DeceasedDate] FROM [Patients] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND ([t0].[Address1] LIKE @p3 ESCAPE '\' OR [t0].[Address2] LIKE @p4 ESCAPE '\' OR [t0].[City] LIKE @p5 ESCAPE '\' OR 1 = 0 OR 1 = 0 OR [t0].[PostalAddress1] LIKE @p6 ESCAPE '\' OR [t0].[PostalCity] LIKE @p7 ESCAPE '\' OR 1 = 0 OR 1 = 0)) ORDER BY [t0].[InternalID]
-- @p1 Int, @p2 Bit, @p3 NVarChar, @p4 NVarChar, @p5 NVarChar, @p6 NVarChar, @p7 NVarChar

-- Patient?address (beginning)
SELECT TOP (@p1) [t0].[InternalID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[PatientStatusCode], [t0].[DeceasedDate] FROM [Patients] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND ([t0].[Address1] LIKE @p3 ESCAPE '\' OR [t0].[Address2] LIKE @p4 ESCAPE '\' OR [t0].[City] LIKE @p5 ESCAPE '\' OR [t0].[State] LIKE @p6 ESCAPE '\' OR [t0].[Postcode] LIKE @p7 ESCAPE '\' OR [t0].[PostalAddress1] LIKE @p8 ESCAPE '\' OR [t0].[PostalCity] LIKE @p9 ESCAPE '\' OR [t0].[PostalState] LIKE @p10 ESCAPE '\' OR [t0].[PostalPostcode] LIKE @p11 ESCAPE '\')) ORDER BY [t0].[InternalID]
-- @p1 Int, @p2 Bit, @p3 NVarChar, @p4 NVarChar, @p5 NVarChar, @p6 NVarChar, @p7 NVarChar, @p8 NVarChar, @p9 NVarChar, @p10 NVarChar, @p11 NVarChar

-- Patient?address-city (whole)
-- Patient?address-city (beginning)
SELECT TOP (@p1) [t0].[InternalID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[PatientStatusCode], [t0].[DeceasedDate] FROM [Patients] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND ([t0].[City] LIKE @p3 ESCAPE '\' OR [t0].[PostalCity] LIKE @p4 ESCAPE '\')) ORDER BY [t0].[InternalID]
-- @p1 Int, @p2 Bit, @p3 NVarChar, @p4 NVarChar

-- Patient?address-state (whole)
-- Patient?address-state (beginning)
SELECT TOP (@p1) [t0].[InternalID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[PatientStatusCode], [t0].[DeceasedDate] FROM [Patients] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND ([t0].[State] LIKE @p3 ESCAPE '\' OR [t0].[PostalState] LIKE @p4 ESCAPE '\')) ORDER BY [t0].[InternalID]
-- @p1 Int, @p2 Bit, @p3 NVarChar, @p4 NVarChar

-- Patient?address-postalcode (whole)
-- Patient?address-postalcode (beginning)
SELECT TOP (@p1) [t0].[InternalID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[PatientStatusCode], [t0].[DeceasedDate] FROM [Patients] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND ([t0].[Postcode] LIKE @p3 ESCAPE '\' OR [t0].[PostalPostcode] LIKE @p4 ESCAPE '\')) ORDER BY [t0].[InternalID]
-- @p1 Int, @p2 Bit, @p3 NVarChar, @p4 NVarChar

-- Patient?language (code)
-- Patient?language (systemCode)
SELECT TOP (@p1) [t0].[InternalID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[PatientStatusCode], [t0].[DeceasedDate] FROM [Patients] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[LanguageCode] = @p3) ORDER BY [t0].[InternalID]
-- @p1 Int, @p2 Bit, @p3 VarChar

-- Patient?language (or)
SELECT TOP (@p1) [t0].[InternalID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[PatientStatusCode], [t0].[DeceasedDate] FROM [Patients] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[LanguageCode] IN (@p3, @p4)) ORDER BY [t0].[InternalID]
-- @p1 Int, @p2 Bit, @p3 VarChar, @p4 VarChar

-- Patient?general-practitioner (bare)
-- Patient?general-practitioner (typed)
-- Patient?general-practitioner (absolute)
SELECT TOP (@p1) [t0].[InternalID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[PatientStatusCode], [t0].[DeceasedDate] FROM [Patients] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[UsualPractitionerID] = @p3) ORDER BY [t0].[InternalID]
-- @p1 Int, @p2 Bit, @p3 Int

-- Patient?general-practitioner (or)
SELECT TOP (@p1) [t0].[InternalID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[PatientStatusCode], [t0].[DeceasedDate] FROM [Patients] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[UsualPractitionerID] IN (@p3, @p4)) ORDER BY [t0].[InternalID]
-- @p1 Int, @p2 Bit, @p3 Int, @p4 Int

-- Practitioner?identifier (code)
SELECT TOP (@p1) [t0].[PractitionerID], [t0].[RowVersion], [t0].[UpdatedAt] FROM [Practitioners] AS [t0] WHERE ([t0].[HPII] = @p2 OR [t0].[AhpraNo] = @p3) ORDER BY [t0].[PractitionerID]
-- @p1 Int, @p2 VarChar, @p3 VarChar

-- Practitioner?identifier (systemCode)
SELECT TOP (@p1) [t0].[PractitionerID], [t0].[RowVersion], [t0].[UpdatedAt] FROM [Practitioners] AS [t0] WHERE [t0].[AhpraNo] = @p2 ORDER BY [t0].[PractitionerID]
-- @p1 Int, @p2 VarChar

-- Practitioner?identifier (or)
SELECT TOP (@p1) [t0].[PractitionerID], [t0].[RowVersion], [t0].[UpdatedAt] FROM [Practitioners] AS [t0] WHERE ([t0].[HPII] IN (@p2, @p3) OR [t0].[AhpraNo] IN (@p4, @p5)) ORDER BY [t0].[PractitionerID]
-- @p1 Int, @p2 VarChar, @p3 VarChar, @p4 VarChar, @p5 VarChar

-- Practitioner?_id (one)
SELECT TOP (@p1) [t0].[PractitionerID], [t0].[RowVersion], [t0].[UpdatedAt] FROM [Practitioners] AS [t0] WHERE [t0].[PractitionerID] = @p2 ORDER BY [t0].[PractitionerID]
-- @p1 Int, @p2 Int

-- Practitioner?_id (or)
SELECT TOP (@p1) [t0].[PractitionerID], [t0].[RowVersion], [t0].[UpdatedAt] FROM [Practitioners] AS [t0] WHERE [t0].[PractitionerID] IN (@p2, @p3) ORDER BY [t0].[PractitionerID]
-- @p1 Int, @p2 Int, @p3 Int

-- Practitioner?name (whole)
-- Practitioner?name (beginning)
SELECT TOP (@p1) [t0].[PractitionerID], [t0].[RowVersion], [t0].[UpdatedAt] FROM [Practitioners] AS [t0] WHERE ([t0].[Surname] LIKE @p2 ESCAPE '\' OR [t0].[Firstname] LIKE @p3 ESCAPE '\' OR [t0].[Middlename] LIKE @p4 ESCAPE '\' OR [t0].[Title] LIKE @p5 ESCAPE '\') ORDER BY [t0].[PractitionerID]
-- @p1 Int, @p2 NVarChar, @p3 NVarChar, @p4 NVarChar, @p5 NVarChar

-- Practitioner?family (whole)
-- Practitioner?family (beginning)
SELECT TOP (@p1) [t0].[PractitionerID], [t0].[RowVersion], [t0].[UpdatedAt] FROM [Practitioners] AS [t0] WHERE [t0].[Surname] LIKE @p2 ESCAPE '\' ORDER BY [t0].[PractitionerID]
-- @p1 Int, @p2 NVarChar

-- Practitioner?given (whole)
-- Practitioner?given (beginning)
SELECT TOP (@p1) [t0].[PractitionerID], [t0].[RowVersion], [t0].[UpdatedAt] FROM [Practitioners] AS [t0] WHERE ([t0].[Firstname] LIKE @p2 ESCAPE '\' OR [t0].[Middlename] LIKE @p3 ESCAPE '\') ORDER BY [t0].[PractitionerID]
-- @p1 Int, @p2 NVarChar, @p3 NVarChar

-- Practitioner?gender (code)
-- Practitioner?gender (systemCode)
SELECT TOP (@p1) [t0].[PractitionerID], [t0].[RowVersion], [t0].[UpdatedAt] FROM [Practitioners] AS [t0] WHERE [t0].[SexCode] = @p2 ORDER BY [t0].[PractitionerID]
-- @p1 Int, @p2 VarChar

-- Practitioner?gender (or)
SELECT TOP (@p1) [t0].[PractitionerID], [t0].[RowVersion], [t0].[UpdatedAt] FROM [Practitioners] AS [t0] WHERE [t0].[SexCode] IN (@p2, @p3) ORDER BY [t0].[PractitionerID]
-- @p1 Int, @p2 VarChar, @p3 VarChar

-- Practitioner?active (code)
SELECT TOP (@p1) [t0].[PractitionerID], [t0].[RowVersion], [t0].[UpdatedAt] FROM [Practitioners] AS [t0] WHERE [t0].[IsActive] = @p2 ORDER BY [t0].[PractitionerID]
-- @p1 Int, @p2 Bit

-- Practitioner?active (or)
SELECT TOP (@p1) [t0].[PractitionerID], [t0].[RowVersion], [t0].[UpdatedAt] FROM [Practitioners] AS [t0] WHERE [t0].[IsActive] IN (@p2, @p3) ORDER BY [t0].[PractitionerID]
-- @p1 Int, @p2 Bit, @p3 Bit

-- Practitioner?phone (code)
-- Practitioner?telecom (systemCode)
SELECT TOP (@p1) [t0].[PractitionerID], [t0].[RowVersion], [t0].[UpdatedAt] FROM [Practitioners] AS [t0] WHERE [t0].[Mobile] = @p2 ORDER BY [t0].[PractitionerID]
-- @p1 Int, @p2 VarChar

-- Practitioner?phone (or)
SELECT TOP (@p1) [t0].[PractitionerID], [t0].[RowVersion], [t0].[UpdatedAt] FROM [Practitioners] AS [t0] WHERE [t0].[Mobile] IN (@p2, @p3) ORDER BY [t0].[PractitionerID]
-- @p1 Int, @p2 VarChar, @p3 VarChar

-- Practitioner?email (code)
SELECT TOP (@p1) [t0].[PractitionerID], [t0].[RowVersion], [t0].[UpdatedAt] FROM [Practitioners] AS [t0] WHERE [t0].[Email] = @p2 ORDER BY [t0].[PractitionerID]
-- @p1 Int, @p2 VarChar

-- Practitioner?email (or)
SELECT TOP (@p1) [t0].[PractitionerID], [t0].[RowVersion], [t0].[UpdatedAt] FROM [Practitioners] AS [t0] WHERE [t0].[Email] IN (@p2, @p3) ORDER BY [t0].[PractitionerID]
-- @p1 Int, @p2 VarChar, @p3 VarChar

-- Practitioner?telecom (code)
SELECT TOP (@p1) [t0].[PractitionerID], [t0].[RowVersion], [t0].[UpdatedAt] FROM [Practitioners] AS [t0] WHERE ([t0].[Mobile] = @p2 OR [t0].[Email] = @p3) ORDER BY [t0].[PractitionerID]
-- @p1 Int, @p2 VarChar, @p3 VarChar

-- Practitioner?telecom (or)
SELECT TOP (@p1) [t0].[PractitionerID], [t0].[RowVersion], [t0].[UpdatedAt] FROM [Practitioners] AS [t0] WHERE ([t0].[Mobile] = @p2 OR [t0].[Email] IN (@p3, @p4)) ORDER BY [t0].[PractitionerID]
-- @p1 Int, @p2 VarChar, @p3 VarChar, @p4 VarChar

-- PractitionerRole?identifier (code)
-- PractitionerRole?identifier (systemCode)
SELECT TOP (@p1) [t0].[PractitionerRoleID], [t0].[RowVersion], [t0].[UpdatedAt] FROM [PractitionerRoles] AS [t0] WHERE [t0].[ProviderNo] = @p2 ORDER BY [t0].[PractitionerRoleID]
-- @p1 Int, @p2 VarChar

-- PractitionerRole?identifier (or)
SELECT TOP (@p1) [t0].[PractitionerRoleID], [t0].[RowVersion], [t0].[UpdatedAt] FROM [PractitionerRoles] AS [t0] WHERE [t0].[ProviderNo] IN (@p2, @p3) ORDER BY [t0].[PractitionerRoleID]
-- @p1 Int, @p2 VarChar, @p3 VarChar

-- PractitionerRole?practitioner (bare)
-- PractitionerRole?practitioner (typed)
-- PractitionerRole?practitioner (absolute)
SELECT TOP (@p1) [t0].[PractitionerRoleID], [t0].[RowVersion], [t0].[UpdatedAt] FROM [PractitionerRoles] AS [t0] WHERE [t0].[PractitionerID] = @p2 ORDER BY [t0].[PractitionerRoleID]
-- @p1 Int, @p2 Int

-- PractitionerRole?practitioner (or)
SELECT TOP (@p1) [t0].[PractitionerRoleID], [t0].[RowVersion], [t0].[UpdatedAt] FROM [PractitionerRoles] AS [t0] WHERE [t0].[PractitionerID] IN (@p2, @p3) ORDER BY [t0].[PractitionerRoleID]
-- @p1 Int, @p2 Int, @p3 Int

-- PractitionerRole?_id (one)
SELECT TOP (@p1) [t0].[PractitionerRoleID], [t0].[RowVersion], [t0].[UpdatedAt] FROM [PractitionerRoles] AS [t0] WHERE [t0].[PractitionerRoleID] = @p2 ORDER BY [t0].[PractitionerRoleID]
-- @p1 Int, @p2 Int

-- PractitionerRole?_id (or)
SELECT TOP (@p1) [t0].[PractitionerRoleID], [t0].[RowVersion], [t0].[UpdatedAt] FROM [PractitionerRoles] AS [t0] WHERE [t0].[PractitionerRoleID] IN (@p2, @p3) ORDER BY [t0].[PractitionerRoleID]
-- @p1 Int, @p2 Int, @p3 Int

-- PractitionerRole?specialty (code)
-- PractitionerRole?specialty (systemCode)
-- PractitionerRole?specialty (or)
SELECT TOP (@p1) [t0].[PractitionerRoleID], [t0].[RowVersion], [t0].[UpdatedAt] FROM [PractitionerRoles] AS [t0] WHERE [t0].[SpecialtyCode] = @p2 ORDER BY [t0].[PractitionerRoleID]
-- @p1 Int, @p2 VarChar

-- PractitionerRole?role (code)
-- PractitionerRole?role (systemCode)
SELECT TOP (@p1) [t0].[PractitionerRoleID], [t0].[RowVersion], [t0].[UpdatedAt] FROM [PractitionerRoles] AS [t0] WHERE [t0].[RoleCode] = @p2 ORDER BY [t0].[PractitionerRoleID]
-- @p1 Int, @p2 VarChar

-- PractitionerRole?role (or)
SELECT TOP (@p1) [t0].[PractitionerRoleID], [t0].[RowVersion], [t0].[UpdatedAt] FROM [PractitionerRoles] AS [t0] WHERE [t0].[RoleCode] IN (@p2, @p3, @p4, @p5) ORDER BY [t0].[PractitionerRoleID]
-- @p1 Int, @p2 VarChar, @p3 VarChar, @p4 VarChar, @p5 VarChar

-- PractitionerRole?organization (bare)
-- PractitionerRole?organization (typed)
-- PractitionerRole?organization (absolute)
-- PractitionerRole?organization (or)
SELECT TOP (@p1) [t0].[PractitionerRoleID], [t0].[RowVersion], [t0].[UpdatedAt] FROM [PractitionerRoles] AS [t0] WHERE [t0].[OrganisationID] = @p2 ORDER BY [t0].[PractitionerRoleID]
-- @p1 Int, @p2 Int

-- PractitionerRole?location (bare)
-- PractitionerRole?location (typed)
-- PractitionerRole?location (absolute)
SELECT TOP (@p1) [t0].[PractitionerRoleID], [t0].[RowVersion], [t0].[UpdatedAt] FROM [PractitionerRoles] AS [t0] WHERE [t0].[LocationID] = @p2 ORDER BY [t0].[PractitionerRoleID]
-- @p1 Int, @p2 Int

-- PractitionerRole?location (or)
SELECT TOP (@p1) [t0].[PractitionerRoleID], [t0].[RowVersion], [t0].[UpdatedAt] FROM [PractitionerRoles] AS [t0] WHERE [t0].[LocationID] IN (@p2, @p3) ORDER BY [t0].[PractitionerRoleID]
-- @p1 Int, @p2 Int, @p3 Int

-- PractitionerRole?active (code)
SELECT TOP (@p1) [t0].[PractitionerRoleID], [t0].[RowVersion], [t0].[UpdatedAt] FROM [PractitionerRoles] AS [t0] WHERE [t0].[IsActive] = @p2 ORDER BY [t0].[PractitionerRoleID]
-- @p1 Int, @p2 Bit

-- PractitionerRole?active (or)
SELECT TOP (@p1) [t0].[PractitionerRoleID], [t0].[RowVersion], [t0].[UpdatedAt] FROM [PractitionerRoles] AS [t0] WHERE [t0].[IsActive] IN (@p2, @p3) ORDER BY [t0].[PractitionerRoleID]
-- @p1 Int, @p2 Bit, @p3 Bit

-- PractitionerRole?date (gt)
SELECT TOP (@p1) [t0].[PractitionerRoleID], [t0].[RowVersion], [t0].[UpdatedAt] FROM [PractitionerRoles] AS [t0] WHERE ([t0].[EndDate] >= @p2 OR ([t0].[EndDate] IS NULL AND [t0].[StartDate] IS NOT NULL)) ORDER BY [t0].[PractitionerRoleID]
-- @p1 Int, @p2 Date

-- PractitionerRole?date (lt)
SELECT TOP (@p1) [t0].[PractitionerRoleID], [t0].[RowVersion], [t0].[UpdatedAt] FROM [PractitionerRoles] AS [t0] WHERE ([t0].[StartDate] < @p2 OR ([t0].[StartDate] IS NULL AND [t0].[EndDate] IS NOT NULL)) ORDER BY [t0].[PractitionerRoleID]
-- @p1 Int, @p2 Date

-- PractitionerRole?date (ge)
SELECT TOP (@p1) [t0].[PractitionerRoleID], [t0].[RowVersion], [t0].[UpdatedAt] FROM [PractitionerRoles] AS [t0] WHERE (([t0].[EndDate] >= @p2 OR ([t0].[EndDate] IS NULL AND [t0].[StartDate] IS NOT NULL)) OR ([t0].[StartDate] >= @p3 AND [t0].[EndDate] < @p4)) ORDER BY [t0].[PractitionerRoleID]
-- @p1 Int, @p2 Date, @p3 Date, @p4 Date

-- PractitionerRole?date (le)
SELECT TOP (@p1) [t0].[PractitionerRoleID], [t0].[RowVersion], [t0].[UpdatedAt] FROM [PractitionerRoles] AS [t0] WHERE (([t0].[StartDate] < @p2 OR ([t0].[StartDate] IS NULL AND [t0].[EndDate] IS NOT NULL)) OR ([t0].[StartDate] >= @p3 AND [t0].[EndDate] < @p4)) ORDER BY [t0].[PractitionerRoleID]
-- @p1 Int, @p2 Date, @p3 Date, @p4 Date

-- PractitionerRole?date (and)
SELECT TOP (@p1) [t0].[PractitionerRoleID], [t0].[RowVersion], [t0].[UpdatedAt] FROM [PractitionerRoles] AS [t0] WHERE ((([t0].[EndDate] >= @p2 OR ([t0].[EndDate] IS NULL AND [t0].[StartDate] IS NOT NULL)) OR ([t0].[StartDate] >= @p3 AND [t0].[EndDate] < @p4)) AND ([t0].[StartDate] < @p5 OR ([t0].[StartDate] IS NULL AND [t0].[EndDate] IS NOT NULL))) ORDER BY [t0].[PractitionerRoleID]
-- @p1 Int, @p2 Date, @p3 Date, @p4 Date, @p5 Date

-- PractitionerRole?phone (code)
SELECT TOP (@p1) [t0].[PractitionerRoleID], [t0].[RowVersion], [t0].[UpdatedAt] FROM [PractitionerRoles] AS [t0] WHERE [t0].[Phone] = @p2 ORDER BY [t0].[PractitionerRoleID]
-- @p1 Int, @p2 VarChar

-- PractitionerRole?phone (or)
SELECT TOP (@p1) [t0].[PractitionerRoleID], [t0].[RowVersion], [t0].[UpdatedAt] FROM [PractitionerRoles] AS [t0] WHERE [t0].[Phone] IN (@p2, @p3) ORDER BY [t0].[PractitionerRoleID]
-- @p1 Int, @p2 VarChar, @p3 VarChar

-- PractitionerRole?email (code)
-- PractitionerRole?telecom (code)
-- PractitionerRole?telecom (systemCode)
SELECT TOP (@p1) [t0].[PractitionerRoleID], [t0].[RowVersion], [t0].[UpdatedAt] FROM [PractitionerRoles] AS [t0] WHERE [t0].[Email] = @p2 ORDER BY [t0].[PractitionerRoleID]
-- @p1 Int, @p2 VarChar

-- PractitionerRole?email (or)
-- PractitionerRole?telecom (or)
SELECT TOP (@p1) [t0].[PractitionerRoleID], [t0].[RowVersion], [t0].[UpdatedAt] FROM [PractitionerRoles] AS [t0] WHERE [t0].[Email] IN (@p2, @p3) ORDER BY [t0].[PractitionerRoleID]
-- @p1 Int, @p2 VarChar, @p3 VarChar

-- Organization?identifier (code)
SELECT TOP (@p1) [t0].[OrganisationID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive] FROM [Organisations] AS [t0] WHERE ([t0].[HPIO] = @p2 OR [t0].[ABN] = @p3) ORDER BY [t0].[OrganisationID]
-- @p1 Int, @p2 VarChar, @p3 VarChar

-- Organization?identifier (systemCode)
SELECT TOP (@p1) [t0].[OrganisationID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive] FROM [Organisations] AS [t0] WHERE [t0].[ABN] = @p2 ORDER BY [t0].[OrganisationID]
-- @p1 Int, @p2 VarChar

-- Organization?identifier (or)
SELECT TOP (@p1) [t0].[OrganisationID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive] FROM [Organisations] AS [t0] WHERE ([t0].[HPIO] IN (@p2, @p3) OR [t0].[ABN] IN (@p4, @p5)) ORDER BY [t0].[OrganisationID]
-- @p1 Int, @p2 VarChar, @p3 VarChar, @p4 VarChar, @p5 VarChar

-- Organization?name (whole)
-- Organization?name (beginning)
SELECT TOP (@p1) [t0].[OrganisationID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive] FROM [Organisations] AS [t0] WHERE [t0].[Name] LIKE @p2 ESCAPE '\' ORDER BY [t0].[OrganisationID]
-- @p1 Int, @p2 NVarChar

-- Organization?address (whole)
SELECT TOP (@p1) [t0].[OrganisationID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive] FROM [Organisations] AS [t0] WHERE ([t0].[Address1] LIKE @p2 ESCAPE '\' OR [t0].[Address2] LIKE @p3 ESCAPE '\' OR [t0].[City] LIKE @p4 ESCAPE '\' OR 1 = 0 OR [t0].[Postcode] LIKE @p5 ESCAPE '\') ORDER BY [t0].[OrganisationID]
-- @p1 Int, @p2 NVarChar, @p3 NVarChar, @p4 NVarChar, @p5 NVarChar

-- Organization?address (beginning)
SELECT TOP (@p1) [t0].[OrganisationID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive] FROM [Organisations] AS [t0] WHERE ([t0].[Address1] LIKE @p2 ESCAPE '\' OR [t0].[Address2] LIKE @p3 ESCAPE '\' OR [t0].[City] LIKE @p4 ESCAPE '\' OR [t0].[State] LIKE @p5 ESCAPE '\' OR [t0].[Postcode] LIKE @p6 ESCAPE '\') ORDER BY [t0].[OrganisationID]
-- @p1 Int, @p2 NVarChar, @p3 NVarChar, @p4 NVarChar, @p5 NVarChar, @p6 NVarChar

-- Organization?_id (one)
SELECT TOP (@p1) [t0].[OrganisationID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive] FROM [Organisations] AS [t0] WHERE [t0].[OrganisationID] = @p2 ORDER BY [t0].[OrganisationID]
-- @p1 Int, @p2 Int

-- Organization?_id (or)
SELECT TOP (@p1) [t0].[OrganisationID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive] FROM [Organisations] AS [t0] WHERE [t0].[OrganisationID] IN (@p2, @p3) ORDER BY [t0].[OrganisationID]
-- @p1 Int, @p2 Int, @p3 Int

-- Organization?type (code)
-- Organization?type (systemCode)
SELECT TOP (@p1) [t0].[OrganisationID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive] FROM [Organisations] AS [t0] WHERE [t0].[OrganisationTypeCode] = @p2 ORDER BY [t0].[OrganisationID]
-- @p1 Int, @p2 VarChar

-- Organization?type (or)
SELECT TOP (@p1) [t0].[OrganisationID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive] FROM [Organisations] AS [t0] WHERE [t0].[OrganisationTypeCode] IN (@p2, @p3) ORDER BY [t0].[OrganisationID]
-- @p1 Int, @p2 VarChar, @p3 VarChar

-- Organization?active (code)
-- Organization?active (or)
SELECT TOP (@p1) [t0].[OrganisationID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive] FROM [Organisations] AS [t0] WHERE [t0].[IsActive] = @p2 ORDER BY [t0].[OrganisationID]
-- @p1 Int, @p2 Bit

-- Organization?address-city (whole)
-- Organization?address-city (beginning)
SELECT TOP (@p1) [t0].[OrganisationID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive] FROM [Organisations] AS [t0] WHERE [t0].[City] LIKE @p2 ESCAPE '\' ORDER BY [t0].[OrganisationID]
-- @p1 Int, @p2 NVarChar

-- Organization?address-state (whole)
-- Organization?address-state (beginning)
SELECT TOP (@p1) [t0].[OrganisationID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive] FROM [Organisations] AS [t0] WHERE [t0].[State] LIKE @p2 ESCAPE '\' ORDER BY [t0].[OrganisationID]
-- @p1 Int, @p2 NVarChar

-- Organization?address-postalcode (whole)
-- Organization?address-postalcode (beginning)
SELECT TOP (@p1) [t0].[OrganisationID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive] FROM [Organisations] AS [t0] WHERE [t0].[Postcode] LIKE @p2 ESCAPE '\' ORDER BY [t0].[OrganisationID]
-- @p1 Int, @p2 NVarChar

-- Location?name (whole)
-- Location?name (beginning)
SELECT TOP (@p1) [t0].[LocationID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive] FROM [Locations] AS [t0] WHERE ([t0].[Name] LIKE @p2 ESCAPE '\' OR [t0].[Description] LIKE @p3 ESCAPE '\') ORDER BY [t0].[LocationID]
-- @p1 Int, @p2 NVarChar, @p3 NVarChar

-- Location?address (whole)
-- Location?address (beginning)
SELECT TOP (@p1) [t0].[LocationID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive] FROM [Locations] AS [t0] WHERE ([t0].[Address1] LIKE @p2 ESCAPE '\' OR [t0].[Address2] LIKE @p3 ESCAPE '\' OR [t0].[City] LIKE @p4 ESCAPE '\' OR [t0].[State] LIKE @p5 ESCAPE '\' OR [t0].[Postcode] LIKE @p6 ESCAPE '\') ORDER BY [t0].[LocationID]
-- @p1 Int, @p2 NVarChar, @p3 NVarChar, @p4 NVarChar, @p5 NVarChar, @p6 NVarChar

-- Location?address-city (whole)
-- Location?address-city (beginning)
SELECT TOP (@p1) [t0].[LocationID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive] FROM [Locations] AS [t0] WHERE [t0].[City] LIKE @p2 ESCAPE '\' ORDER BY [t0].[LocationID]
-- @p1 Int, @p2 NVarChar

-- Location?address-state (whole)
-- Location?address-state (beginning)
SELECT TOP (@p1) [t0].[LocationID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive] FROM [Locations] AS [t0] WHERE [t0].[State] LIKE @p2 ESCAPE '\' ORDER BY [t0].[LocationID]
-- @p1 Int, @p2 NVarChar

-- Location?address-postalcode (whole)
-- Location?address-postalcode (beginning)
SELECT TOP (@p1) [t0].[LocationID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive] FROM [Locations] AS [t0] WHERE [t0].[Postcode] LIKE @p2 ESCAPE '\' ORDER BY [t0].[LocationID]
-- @p1 Int, @p2 NVarChar

-- Location?identifier (code)
-- Location?identifier (systemCode)
SELECT TOP (@p1) [t0].[LocationID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive] FROM [Locations] AS [t0] WHERE [t0].[MinorID] = @p2 ORDER BY [t0].[LocationID]
-- @p1 Int, @p2 SmallInt

-- Location?identifier (or)
SELECT TOP (@p1) [t0].[LocationID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive] FROM [Locations] AS [t0] WHERE [t0].[MinorID] IN (@p2, @p3) ORDER BY [t0].[LocationID]
-- @p1 Int, @p2 SmallInt, @p3 SmallInt

-- Location?status (code)
-- Location?status (systemCode)
-- Location?status (or)
SELECT TOP (@p1) [t0].[LocationID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive] FROM [Locations] AS [t0] WHERE [t0].[IsActive] = @p2 ORDER BY [t0].[LocationID]
-- @p1 Int, @p2 Bit

-- Location?type (code)
-- Location?type (systemCode)
SELECT TOP (@p1) [t0].[LocationID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive] FROM [Locations] AS [t0] WHERE [t0].[LocationTypeCode] = @p2 ORDER BY [t0].[LocationID]
-- @p1 Int, @p2 VarChar

-- Location?type (or)
SELECT TOP (@p1) [t0].[LocationID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive] FROM [Locations] AS [t0] WHERE [t0].[LocationTypeCode] IN (@p2, @p3) ORDER BY [t0].[LocationID]
-- @p1 Int, @p2 VarChar, @p3 VarChar

-- Location?organization (bare)
-- Location?organization (typed)
-- Location?organization (absolute)
-- Location?organization (or)
SELECT TOP (@p1) [t0].[LocationID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive] FROM [Locations] AS [t0] WHERE [t0].[OrganisationID] = @p2 ORDER BY [t0].[LocationID]
-- @p1 Int, @p2 Int

-- HealthcareService?name (whole)
-- HealthcareService?name (beginning)
SELECT TOP (@p1) [t0].[HealthcareServiceID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive] FROM [HealthcareServices] AS [t0] WHERE [t0].[Name] LIKE @p2 ESCAPE '\' ORDER BY [t0].[HealthcareServiceID]
-- @p1 Int, @p2 NVarChar

-- HealthcareService?identifier (code)
-- HealthcareService?identifier (systemCode)
SELECT TOP (@p1) [t0].[HealthcareServiceID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive] FROM [HealthcareServices] AS [t0] WHERE [t0].[ServiceNo] = @p2 ORDER BY [t0].[HealthcareServiceID]
-- @p1 Int, @p2 VarChar

-- HealthcareService?identifier (or)
SELECT TOP (@p1) [t0].[HealthcareServiceID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive] FROM [HealthcareServices] AS [t0] WHERE [t0].[ServiceNo] IN (@p2, @p3) ORDER BY [t0].[HealthcareServiceID]
-- @p1 Int, @p2 VarChar, @p3 VarChar

-- HealthcareService?_id (one)
SELECT TOP (@p1) [t0].[HealthcareServiceID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive] FROM [HealthcareServices] AS [t0] WHERE [t0].[HealthcareServiceID] = @p2 ORDER BY [t0].[HealthcareServiceID]
-- @p1 Int, @p2 Int

-- HealthcareService?_id (or)
SELECT TOP (@p1) [t0].[HealthcareServiceID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive] FROM [HealthcareServices] AS [t0] WHERE [t0].[HealthcareServiceID] IN (@p2, @p3) ORDER BY [t0].[HealthcareServiceID]
-- @p1 Int, @p2 Int, @p3 Int

-- HealthcareService?service-type (code)
-- HealthcareService?service-type (systemCode)
SELECT TOP (@p1) [t0].[HealthcareServiceID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive] FROM [HealthcareServices] AS [t0] WHERE [t0].[ServiceTypeCode] = @p2 ORDER BY [t0].[HealthcareServiceID]
-- @p1 Int, @p2 VarChar

-- HealthcareService?service-type (or)
SELECT TOP (@p1) [t0].[HealthcareServiceID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive] FROM [HealthcareServices] AS [t0] WHERE [t0].[ServiceTypeCode] IN (@p2, @p3) ORDER BY [t0].[HealthcareServiceID]
-- @p1 Int, @p2 VarChar, @p3 VarChar

-- HealthcareService?active (code)
-- HealthcareService?active (or)
SELECT TOP (@p1) [t0].[HealthcareServiceID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive] FROM [HealthcareServices] AS [t0] WHERE [t0].[IsActive] = @p2 ORDER BY [t0].[HealthcareServiceID]
-- @p1 Int, @p2 Bit

-- HealthcareService?location (bare)
-- HealthcareService?location (typed)
-- HealthcareService?location (absolute)
SELECT TOP (@p1) [t0].[HealthcareServiceID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive] FROM [HealthcareServices] AS [t0] WHERE [t0].[LocationID] = @p2 ORDER BY [t0].[HealthcareServiceID]
-- @p1 Int, @p2 Int

-- HealthcareService?location (or)
SELECT TOP (@p1) [t0].[HealthcareServiceID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive] FROM [HealthcareServices] AS [t0] WHERE [t0].[LocationID] IN (@p2, @p3) ORDER BY [t0].[HealthcareServiceID]
-- @p1 Int, @p2 Int, @p3 Int

-- HealthcareService?organization (bare)
-- HealthcareService?organization (typed)
-- HealthcareService?organization (absolute)
-- HealthcareService?organization (or)
SELECT TOP (@p1) [t0].[HealthcareServiceID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive] FROM [HealthcareServices] AS [t0] WHERE [t0].[OrganisationID] = @p2 ORDER BY [t0].[HealthcareServiceID]
-- @p1 Int, @p2 Int

-- AllergyIntolerance?patient (bare)
-- AllergyIntolerance?patient (typed)
-- AllergyIntolerance?patient (absolute)
SELECT TOP (@p1) [t0].[AllergyID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VerificationStatusCode], [t0].[ClinicalStatusCode], [t0].[InternalID] FROM [Allergies] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[InternalID] = @p3) ORDER BY [t0].[AllergyID]
-- @p1 Int, @p2 Bit, @p3 Int

-- AllergyIntolerance?patient (or)
SELECT TOP (@p1) [t0].[AllergyID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VerificationStatusCode], [t0].[ClinicalStatusCode], [t0].[InternalID] FROM [Allergies] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[InternalID] IN (@p3, @p4)) ORDER BY [t0].[AllergyID]
-- @p1 Int, @p2 Bit, @p3 Int, @p4 Int

-- AllergyIntolerance?clinical-status (code)
-- AllergyIntolerance?clinical-status (systemCode)
SELECT TOP (@p1) [t0].[AllergyID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VerificationStatusCode], [t0].[ClinicalStatusCode], [t0].[InternalID] FROM [Allergies] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND ([t0].[ClinicalStatusCode] = @p3 AND ([t0].[VerificationStatusCode] <> @p4 OR [t0].[VerificationStatusCode] IS NULL))) ORDER BY [t0].[AllergyID]
-- @p1 Int, @p2 Bit, @p3 VarChar, @p4 VarChar

-- AllergyIntolerance?clinical-status (or)
SELECT TOP (@p1) [t0].[AllergyID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VerificationStatusCode], [t0].[ClinicalStatusCode], [t0].[InternalID] FROM [Allergies] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND ([t0].[ClinicalStatusCode] IN (@p3, @p4, @p5, @p6) AND ([t0].[VerificationStatusCode] <> @p7 OR [t0].[VerificationStatusCode] IS NULL))) ORDER BY [t0].[AllergyID]
-- @p1 Int, @p2 Bit, @p3 VarChar, @p4 VarChar, @p5 VarChar, @p6 VarChar, @p7 VarChar

-- AllergyIntolerance?verification-status (code)
-- AllergyIntolerance?verification-status (systemCode)
SELECT TOP (@p1) [t0].[AllergyID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VerificationStatusCode], [t0].[ClinicalStatusCode], [t0].[InternalID] FROM [Allergies] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[VerificationStatusCode] = @p3) ORDER BY [t0].[AllergyID]
-- @p1 Int, @p2 Bit, @p3 VarChar

-- AllergyIntolerance?verification-status (or)
SELECT TOP (@p1) [t0].[AllergyID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VerificationStatusCode], [t0].[ClinicalStatusCode], [t0].[InternalID] FROM [Allergies] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[VerificationStatusCode] IN (@p3, @p4, @p5, @p6)) ORDER BY [t0].[AllergyID]
-- @p1 Int, @p2 Bit, @p3 VarChar, @p4 VarChar, @p5 VarChar, @p6 VarChar

-- AllergyIntolerance?type (code)
-- AllergyIntolerance?type (systemCode)
SELECT TOP (@p1) [t0].[AllergyID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VerificationStatusCode], [t0].[ClinicalStatusCode], [t0].[InternalID] FROM [Allergies] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[AllergyTypeCode] = @p3) ORDER BY [t0].[AllergyID]
-- @p1 Int, @p2 Bit, @p3 VarChar

-- AllergyIntolerance?type (or)
SELECT TOP (@p1) [t0].[AllergyID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VerificationStatusCode], [t0].[ClinicalStatusCode], [t0].[InternalID] FROM [Allergies] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[AllergyTypeCode] IN (@p3, @p4)) ORDER BY [t0].[AllergyID]
-- @p1 Int, @p2 Bit, @p3 VarChar, @p4 VarChar

-- AllergyIntolerance?category (code)
-- AllergyIntolerance?category (systemCode)
SELECT TOP (@p1) [t0].[AllergyID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VerificationStatusCode], [t0].[ClinicalStatusCode], [t0].[InternalID] FROM [Allergies] AS [t0] LEFT JOIN [Allergens] AS [t1] ON [t1].[AllergenID] = [t0].[AllergenID] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t1].[AllergyCategoryCode] = @p3) ORDER BY [t0].[AllergyID]
-- @p1 Int, @p2 Bit, @p3 VarChar

-- AllergyIntolerance?category (or)
SELECT TOP (@p1) [t0].[AllergyID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VerificationStatusCode], [t0].[ClinicalStatusCode], [t0].[InternalID] FROM [Allergies] AS [t0] LEFT JOIN [Allergens] AS [t1] ON [t1].[AllergenID] = [t0].[AllergenID] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t1].[AllergyCategoryCode] IN (@p3, @p4)) ORDER BY [t0].[AllergyID]
-- @p1 Int, @p2 Bit, @p3 VarChar, @p4 VarChar

-- AllergyIntolerance?criticality (code)
-- AllergyIntolerance?criticality (systemCode)
SELECT TOP (@p1) [t0].[AllergyID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VerificationStatusCode], [t0].[ClinicalStatusCode], [t0].[InternalID] FROM [Allergies] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[CriticalityCode] = @p3) ORDER BY [t0].[AllergyID]
-- @p1 Int, @p2 Bit, @p3 VarChar

-- AllergyIntolerance?criticality (or)
SELECT TOP (@p1) [t0].[AllergyID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VerificationStatusCode], [t0].[ClinicalStatusCode], [t0].[InternalID] FROM [Allergies] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[CriticalityCode] IN (@p3, @p4)) ORDER BY [t0].[AllergyID]
-- @p1 Int, @p2 Bit, @p3 VarChar, @p4 VarChar

-- AllergyIntolerance?code (code)
-- AllergyIntolerance?code (systemCode)
SELECT TOP (@p1) [t0].[AllergyID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VerificationStatusCode], [t0].[ClinicalStatusCode], [t0].[InternalID] FROM [Allergies] AS [t0] LEFT JOIN [Allergens] AS [t1] ON [t1].[AllergenID] = [t0].[AllergenID] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t1].[SnomedCode] = @p3) ORDER BY [t0].[AllergyID]
-- @p1 Int, @p2 Bit, @p3 VarChar

-- AllergyIntolerance?code (or)
SELECT TOP (@p1) [t0].[AllergyID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VerificationStatusCode], [t0].[ClinicalStatusCode], [t0].[InternalID] FROM [Allergies] AS [t0] LEFT JOIN [Allergens] AS [t1] ON [t1].[AllergenID] = [t0].[AllergenID] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t1].[SnomedCode] IN (@p3, @p4)) ORDER BY [t0].[AllergyID]
-- @p1 Int, @p2 Bit, @p3 VarChar, @p4 VarChar

-- AllergyIntolerance?date (day)
SELECT TOP (@p1) [t0].[AllergyID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VerificationStatusCode], [t0].[ClinicalStatusCode], [t0].[InternalID] FROM [Allergies] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND ([t0].[RecordedDate] >= @p3 AND [t0].[RecordedDate] < @p4)) ORDER BY [t0].[AllergyID]
-- @p1 Int, @p2 Bit, @p3 Date, @p4 Date

-- AllergyIntolerance?date (gt)
SELECT TOP (@p1) [t0].[AllergyID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VerificationStatusCode], [t0].[ClinicalStatusCode], [t0].[InternalID] FROM [Allergies] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[RecordedDate] >= @p3) ORDER BY [t0].[AllergyID]
-- @p1 Int, @p2 Bit, @p3 Date

-- AllergyIntolerance?date (lt)
SELECT TOP (@p1) [t0].[AllergyID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VerificationStatusCode], [t0].[ClinicalStatusCode], [t0].[InternalID] FROM [Allergies] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[RecordedDate] < @p3) ORDER BY [t0].[AllergyID]
-- @p1 Int, @p2 Bit, @p3 Date

-- AllergyIntolerance?date (ge)
SELECT TOP (@p1) [t0].[AllergyID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VerificationStatusCode], [t0].[ClinicalStatusCode], [t0].[InternalID] FROM [Allergies] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND ([t0].[RecordedDate] >= @p3 OR ([t0].[RecordedDate] >= @p4 AND [t0].[RecordedDate] < @p5))) ORDER BY [t0].[AllergyID]
-- @p1 Int, @p2 Bit, @p3 Date, @p4 Date, @p5 Date

-- AllergyIntolerance?date (le)
SELECT TOP (@p1) [t0].[AllergyID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VerificationStatusCode], [t0].[ClinicalStatusCode], [t0].[InternalID] FROM [Allergies] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND ([t0].[RecordedDate] < @p3 OR ([t0].[RecordedDate] >= @p4 AND [t0].[RecordedDate] < @p5))) ORDER BY [t0].[AllergyID]
-- @p1 Int, @p2 Bit, @p3 Date, @p4 Date, @p5 Date

-- AllergyIntolerance?date (and)
SELECT TOP (@p1) [t0].[AllergyID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VerificationStatusCode], [t0].[ClinicalStatusCode], [t0].[InternalID] FROM [Allergies] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND ([t0].[RecordedDate] >= @p3 OR ([t0].[RecordedDate] >= @p4 AND [t0].[RecordedDate] < @p5)) AND [t0].[RecordedDate] < @p6) ORDER BY [t0].[AllergyID]
-- @p1 Int, @p2 Bit, @p3 Date, @p4 Date, @p5 Date, @p6 Date

-- AllergyIntolerance?onset (day)
SELECT TOP (@p1) [t0].[AllergyID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VerificationStatusCode], [t0].[ClinicalStatusCode], [t0].[InternalID] FROM [Allergies] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[AllergyID] IN (SELECT [t1].[AllergyID] FROM [AllergyReactions] AS [t1] WHERE ([t1].[OnsetDate] >= @p3 AND [t1].[OnsetDate] < @p4))) ORDER BY [t0].[AllergyID]
-- @p1 Int, @p2 Bit, @p3 Date, @p4 Date

-- AllergyIntolerance?onset (gt)
SELECT TOP (@p1) [t0].[AllergyID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VerificationStatusCode], [t0].[ClinicalStatusCode], [t0].[InternalID] FROM [Allergies] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[AllergyID] IN (SELECT [t1].[AllergyID] FROM [AllergyReactions] AS [t1] WHERE [t1].[OnsetDate] >= @p3)) ORDER BY [t0].[AllergyID]
-- @p1 Int, @p2 Bit, @p3 Date

-- AllergyIntolerance?onset (lt)
SELECT TOP (@p1) [t0].[AllergyID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VerificationStatusCode], [t0].[ClinicalStatusCode], [t0].[InternalID] FROM [Allergies] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[AllergyID] IN (SELECT [t1].[AllergyID] FROM [AllergyReactions] AS [t1] WHERE [t1].[OnsetDate] < @p3)) ORDER BY [t0].[AllergyID]
-- @p1 Int, @p2 Bit, @p3 Date

-- AllergyIntolerance?onset (ge)
SELECT TOP (@p1) [t0].[AllergyID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VerificationStatusCode], [t0].[ClinicalStatusCode], [t0].[InternalID] FROM [Allergies] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[AllergyID] IN (SELECT [t1].[AllergyID] FROM [AllergyReactions] AS [t1] WHERE ([t1].[OnsetDate] >= @p3 OR ([t1].[OnsetDate] >= @p4 AND [t1].[OnsetDate] < @p5)))) ORDER BY [t0].[AllergyID]
-- @p1 Int, @p2 Bit, @p3 Date, @p4 Date, @p5 Date

-- AllergyIntolerance?onset (le)
SELECT TOP (@p1) [t0].[AllergyID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VerificationStatusCode], [t0].[ClinicalStatusCode], [t0].[InternalID] FROM [Allergies] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[AllergyID] IN (SELECT [t1].[AllergyID] FROM [AllergyReactions] AS [t1] WHERE ([t1].[OnsetDate] < @p3 OR ([t1].[OnsetDate] >= @p4 AND [t1].[OnsetDate] < @p5)))) ORDER BY [t0].[AllergyID]
-- @p1 Int, @p2 Bit, @p3 Date, @p4 Date, @p5 Date

-- AllergyIntolerance?onset (and)
SELECT TOP (@p1) [t0].[AllergyID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VerificationStatusCode], [t0].[ClinicalStatusCode], [t0].[InternalID] FROM [Allergies] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[AllergyID] IN (SELECT [t1].[AllergyID] FROM [AllergyReactions] AS [t1] WHERE ([t1].[OnsetDate] >= @p3 OR ([t1].[OnsetDate] >= @p4 AND [t1].[OnsetDate] < @p5))) AND [t0].[AllergyID] IN (SELECT [t2].[AllergyID] FROM [AllergyReactions] AS [t2] WHERE [t2].[OnsetDate] < @p6)) ORDER BY [t0].[AllergyID]
-- @p1 Int, @p2 Bit, @p3 Date, @p4 Date, @p5 Date, @p6 Date

-- AllergyIntolerance?manifestation (code)
-- AllergyIntolerance?manifestation (systemCode)
SELECT TOP (@p1) [t0].[AllergyID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VerificationStatusCode], [t0].[ClinicalStatusCode], [t0].[InternalID] FROM [Allergies] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[AllergyID] IN (SELECT [t1].[AllergyID] FROM [AllergyReactions] AS [t1] LEFT JOIN [Manifestations] AS [t2] ON [t2].[ManifestationCode] = [t1].[ManifestationCode] WHERE [t2].[ConceptCode] = @p3)) ORDER BY [t0].[AllergyID]
-- @p1 Int, @p2 Bit, @p3 VarChar

-- AllergyIntolerance?manifestation (or)
SELECT TOP (@p1) [t0].[AllergyID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VerificationStatusCode], [t0].[ClinicalStatusCode], [t0].[InternalID] FROM [Allergies] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[AllergyID] IN (SELECT [t1].[AllergyID] FROM [AllergyReactions] AS [t1] LEFT JOIN [Manifestations] AS [t2] ON [t2].[ManifestationCode] = [t1].[ManifestationCode] WHERE [t2].[ConceptCode] IN (@p3, @p4))) ORDER BY [t0].[AllergyID]
-- @p1 Int, @p2 Bit, @p3 VarChar, @p4 VarChar

-- AllergyIntolerance?severity (code)
-- AllergyIntolerance?severity (systemCode)
SELECT TOP (@p1) [t0].[AllergyID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VerificationStatusCode], [t0].[ClinicalStatusCode], [t0].[InternalID] FROM [Allergies] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[AllergyID] IN (SELECT [t1].[AllergyID] FROM [AllergyReactions] AS [t1] WHERE [t1].[SeverityCode] = @p3)) ORDER BY [t0].[AllergyID]
-- @p1 Int, @p2 Bit, @p3 TinyInt

-- AllergyIntolerance?severity (or)
SELECT TOP (@p1) [t0].[AllergyID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VerificationStatusCode], [t0].[ClinicalStatusCode], [t0].[InternalID] FROM [Allergies] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[AllergyID] IN (SELECT [t1].[AllergyID] FROM [AllergyReactions] AS [t1] WHERE [t1].[SeverityCode] IN (@p3, @p4))) ORDER BY [t0].[AllergyID]
-- @p1 Int, @p2 Bit, @p3 TinyInt, @p4 TinyInt

-- AllergyIntolerance?recorder (bare)
-- AllergyIntolerance?recorder (typed)
-- AllergyIntolerance?recorder (absolute)
SELECT TOP (@p1) [t0].[AllergyID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VerificationStatusCode], [t0].[ClinicalStatusCode], [t0].[InternalID] FROM [Allergies] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[RecordedByID] = @p3) ORDER BY [t0].[AllergyID]
-- @p1 Int, @p2 Bit, @p3 Int

-- AllergyIntolerance?recorder (or)
SELECT TOP (@p1) [t0].[AllergyID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VerificationStatusCode], [t0].[ClinicalStatusCode], [t0].[InternalID] FROM [Allergies] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[RecordedByID] IN (@p3, @p4)) ORDER BY [t0].[AllergyID]
-- @p1 Int, @p2 Bit, @p3 Int, @p4 Int

-- Condition?patient (bare)
-- Condition?patient (typed)
-- Condition?patient (absolute)
-- Condition?subject (bare)
-- Condition?subject (typed)
-- Condition?subject (absolute)
SELECT TOP (@p1) [t0].[ConditionID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VerificationStatusCode], [t0].[ClinicalStatusCode], [t0].[AbatementDate], [t0].[InternalID] FROM [Conditions] AS [t0] WHERE ([t0].[IsConfidential] = @p2 AND ([t0].[IsDeleted] <> @p3 OR [t0].[IsDeleted] IS NULL) AND [t0].[InternalID] = @p4) ORDER BY [t0].[ConditionID]
-- @p1 Int, @p2 Bit, @p3 Bit, @p4 Int

-- Condition?patient (or)
-- Condition?subject (or)
SELECT TOP (@p1) [t0].[ConditionID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VerificationStatusCode], [t0].[ClinicalStatusCode], [t0].[AbatementDate], [t0].[InternalID] FROM [Conditions] AS [t0] WHERE ([t0].[IsConfidential] = @p2 AND ([t0].[IsDeleted] <> @p3 OR [t0].[IsDeleted] IS NULL) AND [t0].[InternalID] IN (@p4, @p5)) ORDER BY [t0].[ConditionID]
-- @p1 Int, @p2 Bit, @p3 Bit, @p4 Int, @p5 Int

-- Condition?category (code)
-- Condition?category (systemCode)
SELECT TOP (@p1) [t0].[ConditionID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VerificationStatusCode], [t0].[ClinicalStatusCode], [t0].[AbatementDate], [t0].[InternalID] FROM [Conditions] AS [t0] WHERE ([t0].[IsConfidential] = @p2 AND ([t0].[IsDeleted] <> @p3 OR [t0].[IsDeleted] IS NULL) AND [t0].[CategoryCode] = @p4) ORDER BY [t0].[ConditionID]
-- @p1 Int, @p2 Bit, @p3 Bit, @p4 VarChar

-- Condition?category (or)
SELECT TOP (@p1) [t0].[ConditionID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VerificationStatusCode], [t0].[ClinicalStatusCode], [t0].[AbatementDate], [t0].[InternalID] FROM [Conditions] AS [t0] WHERE ([t0].[IsConfidential] = @p2 AND ([t0].[IsDeleted] <> @p3 OR [t0].[IsDeleted] IS NULL) AND [t0].[CategoryCode] IN (@p4, @p5)) ORDER BY [t0].[ConditionID]
-- @p1 Int, @p2 Bit, @p3 Bit, @p4 VarChar, @p5 VarChar

-- Condition?clinical-status (code)
-- Condition?clinical-status (systemCode)
SELECT TOP (@p1) [t0].[ConditionID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VerificationStatusCode], [t0].[ClinicalStatusCode], [t0].[AbatementDate], [t0].[InternalID] FROM [Conditions] AS [t0] WHERE ([t0].[IsConfidential] = @p2 AND ([t0].[IsDeleted] <> @p3 OR [t0].[IsDeleted] IS NULL) AND ([t0].[ClinicalStatusCode] = @p4 AND ([t0].[VerificationStatusCode] <> @p5 OR [t0].[VerificationStatusCode] IS NULL))) ORDER BY [t0].[ConditionID]
-- @p1 Int, @p2 Bit, @p3 Bit, @p4 VarChar, @p5 VarChar

-- Condition?clinical-status (or)
SELECT TOP (@p1) [t0].[ConditionID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VerificationStatusCode], [t0].[ClinicalStatusCode], [t0].[AbatementDate], [t0].[InternalID] FROM [Conditions] AS [t0] WHERE ([t0].[IsConfidential] = @p2 AND ([t0].[IsDeleted] <> @p3 OR [t0].[IsDeleted] IS NULL) AND (([t0].[ClinicalStatusCode] IN (@p4, @p5) AND ([t0].[VerificationStatusCode] <> @p6 OR [t0].[VerificationStatusCode] IS NULL)) OR (([t0].[ClinicalStatusCode] IS NULL OR [t0].[ClinicalStatusCode] = '') AND ([t0].[VerificationStatusCode] <> @p7 OR [t0].[VerificationStatusCode] IS NULL) AND [t0].[AbatementDate] IS NOT NULL))) ORDER BY [t0].[ConditionID]
-- @p1 Int, @p2 Bit, @p3 Bit, @p4 VarChar, @p5 VarChar, @p6 VarChar, @p7 VarChar

-- Condition?code (code)
-- Condition?code (systemCode)
SELECT TOP (@p1) [t0].[ConditionID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VerificationStatusCode], [t0].[ClinicalStatusCode], [t0].[AbatementDate], [t0].[InternalID] FROM [Conditions] AS [t0] LEFT JOIN [ConditionCodes] AS [t1] ON [t1].[ConditionCode] = [t0].[ConditionCode] WHERE ([t0].[IsConfidential] = @p2 AND ([t0].[IsDeleted] <> @p3 OR [t0].[IsDeleted] IS NULL) AND [t1].[SnomedCode] = @p4) ORDER BY [t0].[ConditionID]
-- @p1 Int, @p2 Bit, @p3 Bit, @p4 VarChar

-- Condition?code (or)
SELECT TOP (@p1) [t0].[ConditionID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VerificationStatusCode], [t0].[ClinicalStatusCode], [t0].[AbatementDate], [t0].[InternalID] FROM [Conditions] AS [t0] LEFT JOIN [ConditionCodes] AS [t1] ON [t1].[ConditionCode] = [t0].[ConditionCode] WHERE ([t0].[IsConfidential] = @p2 AND ([t0].[IsDeleted] <> @p3 OR [t0].[IsDeleted] IS NULL) AND [t1].[SnomedCode] IN (@p4, @p5)) ORDER BY [t0].[ConditionID]
-- @p1 Int, @p2 Bit, @p3 Bit, @p4 VarChar, @p5 VarChar

-- Condition?onset-date (day)
SELECT TOP (@p1) [t0].[ConditionID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VerificationStatusCode], [t0].[ClinicalStatusCode], [t0].[AbatementDate], [t0].[InternalID] FROM [Conditions] AS [t0] WHERE ([t0].[IsConfidential] = @p2 AND ([t0].[IsDeleted] <> @p3 OR [t0].[IsDeleted] IS NULL) AND ([t0].[OnsetDate] >= @p4 AND [t0].[OnsetDate] < @p5)) ORDER BY [t0].[ConditionID]
-- @p1 Int, @p2 Bit, @p3 Bit, @p4 Date, @p5 Date

-- Condition?onset-date (gt)
SELECT TOP (@p1) [t0].[ConditionID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VerificationStatusCode], [t0].[ClinicalStatusCode], [t0].[AbatementDate], [t0].[InternalID] FROM [Conditions] AS [t0] WHERE ([t0].[IsConfidential] = @p2 AND ([t0].[IsDeleted] <> @p3 OR [t0].[IsDeleted] IS NULL) AND [t0].[OnsetDate] >= @p4) ORDER BY [t0].[ConditionID]
-- @p1 Int, @p2 Bit, @p3 Bit, @p4 Date

-- Condition?onset-date (lt)
SELECT TOP (@p1) [t0].[ConditionID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VerificationStatusCode], [t0].[ClinicalStatusCode], [t0].[AbatementDate], [t0].[InternalID] FROM [Conditions] AS [t0] WHERE ([t0].[IsConfidential] = @p2 AND ([t0].[IsDeleted] <> @p3 OR [t0].[IsDeleted] IS NULL) AND [t0].[OnsetDate] < @p4) ORDER BY [t0].[ConditionID]
-- @p1 Int, @p2 Bit, @p3 Bit, @p4 Date

-- Condition?onset-date (ge)
SELECT TOP (@p1) [t0].[ConditionID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VerificationStatusCode], [t0].[ClinicalStatusCode], [t0].[AbatementDate], [t0].[InternalID] FROM [Conditions] AS [t0] WHERE ([t0].[IsConfidential] = @p2 AND ([t0].[IsDeleted] <> @p3 OR [t0].[IsDeleted] IS NULL) AND ([t0].[OnsetDate] >= @p4 OR ([t0].[OnsetDate] >= @p5 AND [t0].[OnsetDate] < @p6))) ORDER BY [t0].[ConditionID]
-- @p1 Int, @p2 Bit, @p3 Bit, @p4 Date, @p5 Date, @p6 Date

-- Condition?onset-date (le)
SELECT TOP (@p1) [t0].[ConditionID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VerificationStatusCode], [t0].[ClinicalStatusCode], [t0].[AbatementDate], [t0].[InternalID] FROM [Conditions] AS [t0] WHERE ([t0].[IsConfidential] = @p2 AND ([t0].[IsDeleted] <> @p3 OR [t0].[IsDeleted] IS NULL) AND ([t0].[OnsetDate] < @p4 OR ([t0].[OnsetDate] >= @p5 AND [t0].[OnsetDate] < @p6))) ORDER BY [t0].[ConditionID]
-- @p1 Int, @p2 Bit, @p3 Bit, @p4 Date, @p5 Date, @p6 Date

-- Condition?onset-date (and)
SELECT TOP (@p1) [t0].[ConditionID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VerificationStatusCode], [t0].[ClinicalStatusCode], [t0].[AbatementDate], [t0].[InternalID] FROM [Conditions] AS [t0] WHERE ([t0].[IsConfidential] = @p2 AND ([t0].[IsDeleted] <> @p3 OR [t0].[IsDeleted] IS NULL) AND ([t0].[OnsetDate] >= @p4 OR ([t0].[OnsetDate] >= @p5 AND [t0].[OnsetDate] < @p6)) AND [t0].[OnsetDate] < @p7) ORDER BY [t0].[ConditionID]
-- @p1 Int, @p2 Bit, @p3 Bit, @p4 Date, @p5 Date, @p6 Date, @p7 Date

-- Condition?verification-status (code)
-- Condition?verification-status (systemCode)
SELECT TOP (@p1) [t0].[ConditionID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VerificationStatusCode], [t0].[ClinicalStatusCode], [t0].[AbatementDate], [t0].[InternalID] FROM [Conditions] AS [t0] WHERE ([t0].[IsConfidential] = @p2 AND ([t0].[IsDeleted] <> @p3 OR [t0].[IsDeleted] IS NULL) AND [t0].[VerificationStatusCode] = @p4) ORDER BY [t0].[ConditionID]
-- @p1 Int, @p2 Bit, @p3 Bit, @p4 VarChar

-- Condition?verification-status (or)
SELECT TOP (@p1) [t0].[ConditionID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VerificationStatusCode], [t0].[ClinicalStatusCode], [t0].[AbatementDate], [t0].[InternalID] FROM [Conditions] AS [t0] WHERE ([t0].[IsConfidential] = @p2 AND ([t0].[IsDeleted] <> @p3 OR [t0].[IsDeleted] IS NULL) AND [t0].[VerificationStatusCode] IN (@p4, @p5)) ORDER BY [t0].[ConditionID]
-- @p1 Int, @p2 Bit, @p3 Bit, @p4 VarChar, @p5 VarChar

-- Condition?severity (code)
-- Condition?severity (systemCode)
SELECT TOP (@p1) [t0].[ConditionID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VerificationStatusCode], [t0].[ClinicalStatusCode], [t0].[AbatementDate], [t0].[InternalID] FROM [Conditions] AS [t0] WHERE ([t0].[IsConfidential] = @p2 AND ([t0].[IsDeleted] <> @p3 OR [t0].[IsDeleted] IS NULL) AND [t0].[SeverityCode] = @p4) ORDER BY [t0].[ConditionID]
-- @p1 Int, @p2 Bit, @p3 Bit, @p4 TinyInt

-- Condition?severity (or)
SELECT TOP (@p1) [t0].[ConditionID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VerificationStatusCode], [t0].[ClinicalStatusCode], [t0].[AbatementDate], [t0].[InternalID] FROM [Conditions] AS [t0] WHERE ([t0].[IsConfidential] = @p2 AND ([t0].[IsDeleted] <> @p3 OR [t0].[IsDeleted] IS NULL) AND [t0].[SeverityCode] IN (@p4, @p5)) ORDER BY [t0].[ConditionID]
-- @p1 Int, @p2 Bit, @p3 Bit, @p4 TinyInt, @p5 TinyInt

-- Condition?body-site (code)
-- Condition?body-site (systemCode)
SELECT TOP (@p1) [t0].[ConditionID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VerificationStatusCode], [t0].[ClinicalStatusCode], [t0].[AbatementDate], [t0].[InternalID] FROM [Conditions] AS [t0] LEFT JOIN [BodySites] AS [t1] ON [t1].[BodySiteCode] = [t0].[BodySiteCode] WHERE ([t0].[IsConfidential] = @p2 AND ([t0].[IsDeleted] <> @p3 OR [t0].[IsDeleted] IS NULL) AND [t1].[ConceptCode] = @p4) ORDER BY [t0].[ConditionID]
-- @p1 Int, @p2 Bit, @p3 Bit, @p4 VarChar

-- Condition?body-site (or)
SELECT TOP (@p1) [t0].[ConditionID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VerificationStatusCode], [t0].[ClinicalStatusCode], [t0].[AbatementDate], [t0].[InternalID] FROM [Conditions] AS [t0] LEFT JOIN [BodySites] AS [t1] ON [t1].[BodySiteCode] = [t0].[BodySiteCode] WHERE ([t0].[IsConfidential] = @p2 AND ([t0].[IsDeleted] <> @p3 OR [t0].[IsDeleted] IS NULL) AND [t1].[ConceptCode] IN (@p4, @p5)) ORDER BY [t0].[ConditionID]
-- @p1 Int, @p2 Bit, @p3 Bit, @p4 VarChar, @p5 VarChar

-- Condition?abatement-date (day)
SELECT TOP (@p1) [t0].[ConditionID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VerificationStatusCode], [t0].[ClinicalStatusCode], [t0].[AbatementDate], [t0].[InternalID] FROM [Conditions] AS [t0] WHERE ([t0].[IsConfidential] = @p2 AND ([t0].[IsDeleted] <> @p3 OR [t0].[IsDeleted] IS NULL) AND ([t0].[AbatementDate] >= @p4 AND [t0].[AbatementDate] < @p5)) ORDER BY [t0].[ConditionID]
-- @p1 Int, @p2 Bit, @p3 Bit, @p4 Date, @p5 Date

-- Condition?abatement-date (gt)
SELECT TOP (@p1) [t0].[ConditionID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VerificationStatusCode], [t0].[ClinicalStatusCode], [t0].[AbatementDate], [t0].[InternalID] FROM [Conditions] AS [t0] WHERE ([t0].[IsConfidential] = @p2 AND ([t0].[IsDeleted] <> @p3 OR [t0].[IsDeleted] IS NULL) AND [t0].[AbatementDate] >= @p4) ORDER BY [t0].[ConditionID]
-- @p1 Int, @p2 Bit, @p3 Bit, @p4 Date

-- Condition?abatement-date (lt)
SELECT TOP (@p1) [t0].[ConditionID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VerificationStatusCode], [t0].[ClinicalStatusCode], [t0].[AbatementDate], [t0].[InternalID] FROM [Conditions] AS [t0] WHERE ([t0].[IsConfidential] = @p2 AND ([t0].[IsDeleted] <> @p3 OR [t0].[IsDeleted] IS NULL) AND [t0].[AbatementDate] < @p4) ORDER BY [t0].[ConditionID]
-- @p1 Int, @p2 Bit, @p3 Bit, @p4 Date

-- Condition?abatement-date (ge)
SELECT TOP (@p1) [t0].[ConditionID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VerificationStatusCode], [t0].[ClinicalStatusCode], [t0].[AbatementDate], [t0].[InternalID] FROM [Conditions] AS [t0] WHERE ([t0].[IsConfidential] = @p2 AND ([t0].[IsDeleted] <> @p3 OR [t0].[IsDeleted] IS NULL) AND ([t0].[AbatementDate] >= @p4 OR ([t0].[AbatementDate] >= @p5 AND [t0].[AbatementDate] < @p6))) ORDER BY [t0].[ConditionID]
-- @p1 Int, @p2 Bit, @p3 Bit, @p4 Date, @p5 Date, @p6 Date

-- Condition?abatement-date (le)
SELECT TOP (@p1) [t0].[ConditionID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VerificationStatusCode], [t0].[ClinicalStatusCode], [t0].[AbatementDate], [t0].[InternalID] FROM [Conditions] AS [t0] WHERE ([t0].[IsConfidential] = @p2 AND ([t0].[IsDeleted] <> @p3 OR [t0].[IsDeleted] IS NULL) AND ([t0].[AbatementDate] < @p4 OR ([t0].[AbatementDate] >= @p5 AND [t0].[AbatementDate] < @p6))) ORDER BY [t0].[ConditionID]
-- @p1 Int, @p2 Bit, @p3 Bit, @p4 Date, @p5 Date, @p6 Date

-- Condition?abatement-date (and)
SELECT TOP (@p1) [t0].[ConditionID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VerificationStatusCode], [t0].[ClinicalStatusCode], [t0].[AbatementDate], [t0].[InternalID] FROM [Conditions] AS [t0] WHERE ([t0].[IsConfidential] = @p2 AND ([t0].[IsDeleted] <> @p3 OR [t0].[IsDeleted] IS NULL) AND ([t0].[AbatementDate] >= @p4 OR ([t0].[AbatementDate] >= @p5 AND [t0].[AbatementDate] < @p6)) AND [t0].[AbatementDate] < @p7) ORDER BY [t0].[ConditionID]
-- @p1 Int, @p2 Bit, @p3 Bit, @p4 Date, @p5 Date, @p6 Date, @p7 Date

-- Condition?recorded-date (day)
SELECT TOP (@p1) [t0].[ConditionID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VerificationStatusCode], [t0].[ClinicalStatusCode], [t0].[AbatementDate], [t0].[InternalID] FROM [Conditions] AS [t0] WHERE ([t0].[IsConfidential] = @p2 AND ([t0].[IsDeleted] <> @p3 OR [t0].[IsDeleted] IS NULL) AND ([t0].[RecordedDate] >= @p4 AND [t0].[RecordedDate] < @p5)) ORDER BY [t0].[ConditionID]
-- @p1 Int, @p2 Bit, @p3 Bit, @p4 Date, @p5 Date

-- Condition?recorded-date (gt)
SELECT TOP (@p1) [t0].[ConditionID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VerificationStatusCode], [t0].[ClinicalStatusCode], [t0].[AbatementDate], [t0].[InternalID] FROM [Conditions] AS [t0] WHERE ([t0].[IsConfidential] = @p2 AND ([t0].[IsDeleted] <> @p3 OR [t0].[IsDeleted] IS NULL) AND [t0].[RecordedDate] >= @p4) ORDER BY [t0].[ConditionID]
-- @p1 Int, @p2 Bit, @p3 Bit, @p4 Date

-- Condition?recorded-date (lt)
SELECT TOP (@p1) [t0].[ConditionID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VerificationStatusCode], [t0].[ClinicalStatusCode], [t0].[AbatementDate], [t0].[InternalID] FROM [Conditions] AS [t0] WHERE ([t0].[IsConfidential] = @p2 AND ([t0].[IsDeleted] <> @p3 OR [t0].[IsDeleted] IS NULL) AND [t0].[RecordedDate] < @p4) ORDER BY [t0].[ConditionID]
-- @p1 Int, @p2 Bit, @p3 Bit, @p4 Date

-- Condition?recorded-date (ge)
SELECT TOP (@p1) [t0].[ConditionID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VerificationStatusCode], [t0].[ClinicalStatusCode], [t0].[AbatementDate], [t0].[InternalID] FROM [Conditions] AS [t0] WHERE ([t0].[IsConfidential] = @p2 AND ([t0].[IsDeleted] <> @p3 OR [t0].[IsDeleted] IS NULL) AND ([t0].[RecordedDate] >= @p4 OR ([t0].[RecordedDate] >= @p5 AND [t0].[RecordedDate] < @p6))) ORDER BY [t0].[ConditionID]
-- @p1 Int, @p2 Bit, @p3 Bit, @p4 Date, @p5 Date, @p6 Date

-- Condition?recorded-date (le)
SELECT TOP (@p1) [t0].[ConditionID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VerificationStatusCode], [t0].[ClinicalStatusCode], [t0].[AbatementDate], [t0].[InternalID] FROM [Conditions] AS [t0] WHERE ([t0].[IsConfidential] = @p2 AND ([t0].[IsDeleted] <> @p3 OR [t0].[IsDeleted] IS NULL) AND ([t0].[RecordedDate] < @p4 OR ([t0].[RecordedDate] >= @p5 AND [t0].[RecordedDate] < @p6))) ORDER BY [t0].[ConditionID]
-- @p1 Int, @p2 Bit, @p3 Bit, @p4 Date, @p5 Date, @p6 Date

-- Condition?recorded-date (and)
SELECT TOP (@p1) [t0].[ConditionID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VerificationStatusCode], [t0].[ClinicalStatusCode], [t0].[AbatementDate], [t0].[InternalID] FROM [Conditions] AS [t0] WHERE ([t0].[IsConfidential] = @p2 AND ([t0].[IsDeleted] <> @p3 OR [t0].[IsDeleted] IS NULL) AND ([t0].[RecordedDate] >= @p4 OR ([t0].[RecordedDate] >= @p5 AND [t0].[RecordedDate] < @p6)) AND [t0].[RecordedDate] < @p7) ORDER BY [t0].[ConditionID]
-- @p1 Int, @p2 Bit, @p3 Bit, @p4 Date, @p5 Date, @p6 Date, @p7 Date

-- Encounter?patient (bare)
-- Encounter?patient (typed)
-- Encounter?patient (absolute)
-- Encounter?subject (bare)
-- Encounter?subject (typed)
-- Encounter?subject (absolute)
SELECT TOP (@p1) [t0].[VisitID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VisitStatusCode], [t0].[VisitClassCode] FROM [Visits] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[InternalID] = @p3) ORDER BY [t0].[VisitID]
-- @p1 Int, @p2 Bit, @p3 Int

-- Encounter?patient (or)
-- Encounter?subject (or)
SELECT TOP (@p1) [t0].[VisitID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VisitStatusCode], [t0].[VisitClassCode] FROM [Visits] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[InternalID] IN (@p3, @p4)) ORDER BY [t0].[VisitID]
-- @p1 Int, @p2 Bit, @p3 Int, @p4 Int

-- Encounter?class (code)
-- Encounter?class (systemCode)
SELECT TOP (@p1) [t0].[VisitID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VisitStatusCode], [t0].[VisitClassCode] FROM [Visits] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[VisitClassCode] = @p3) ORDER BY [t0].[VisitID]
-- @p1 Int, @p2 Bit, @p3 VarChar

-- Encounter?class (or)
SELECT TOP (@p1) [t0].[VisitID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VisitStatusCode], [t0].[VisitClassCode] FROM [Visits] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[VisitClassCode] IN (@p3, @p4)) ORDER BY [t0].[VisitID]
-- @p1 Int, @p2 Bit, @p3 VarChar, @p4 VarChar

-- Encounter?date (gt)
SELECT TOP (@p1) [t0].[VisitID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VisitStatusCode], [t0].[VisitClassCode] FROM [Visits] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND ([t0].[EndTime] >= @p3 OR ([t0].[EndTime] IS NULL AND [t0].[StartTime] IS NOT NULL))) ORDER BY [t0].[VisitID]
-- @p1 Int, @p2 Bit, @p3 DateTime

-- Encounter?date (lt)
SELECT TOP (@p1) [t0].[VisitID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VisitStatusCode], [t0].[VisitClassCode] FROM [Visits] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND ([t0].[StartTime] < @p3 OR ([t0].[StartTime] IS NULL AND [t0].[EndTime] IS NOT NULL))) ORDER BY [t0].[VisitID]
-- @p1 Int, @p2 Bit, @p3 DateTime

-- Encounter?date (ge)
SELECT TOP (@p1) [t0].[VisitID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VisitStatusCode], [t0].[VisitClassCode] FROM [Visits] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND (([t0].[EndTime] >= @p3 OR ([t0].[EndTime] IS NULL AND [t0].[StartTime] IS NOT NULL)) OR ([t0].[StartTime] >= @p4 AND [t0].[EndTime] < @p5))) ORDER BY [t0].[VisitID]
-- @p1 Int, @p2 Bit, @p3 DateTime, @p4 DateTime, @p5 DateTime

-- Encounter?date (le)
SELECT TOP (@p1) [t0].[VisitID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VisitStatusCode], [t0].[VisitClassCode] FROM [Visits] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND (([t0].[StartTime] < @p3 OR ([t0].[StartTime] IS NULL AND [t0].[EndTime] IS NOT NULL)) OR ([t0].[StartTime] >= @p4 AND [t0].[EndTime] < @p5))) ORDER BY [t0].[VisitID]
-- @p1 Int, @p2 Bit, @p3 DateTime, @p4 DateTime, @p5 DateTime

-- Encounter?date (and)
SELECT TOP (@p1) [t0].[VisitID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VisitStatusCode], [t0].[VisitClassCode] FROM [Visits] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND (([t0].[EndTime] >= @p3 OR ([t0].[EndTime] IS NULL AND [t0].[StartTime] IS NOT NULL)) OR ([t0].[StartTime] >= @p4 AND [t0].[EndTime] < @p5)) AND ([t0].[StartTime] < @p6 OR ([t0].[StartTime] IS NULL AND [t0].[EndTime] IS NOT NULL))) ORDER BY [t0].[VisitID]
-- @p1 Int, @p2 Bit, @p3 DateTime, @p4 DateTime, @p5 DateTime, @p6 DateTime

-- Encounter?location (bare)
-- Encounter?location (typed)
-- Encounter?location (absolute)
SELECT TOP (@p1) [t0].[VisitID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VisitStatusCode], [t0].[VisitClassCode] FROM [Visits] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[LocationID] = @p3) ORDER BY [t0].[VisitID]
-- @p1 Int, @p2 Bit, @p3 Int

-- Encounter?location (or)
SELECT TOP (@p1) [t0].[VisitID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VisitStatusCode], [t0].[VisitClassCode] FROM [Visits] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[LocationID] IN (@p3, @p4)) ORDER BY [t0].[VisitID]
-- @p1 Int, @p2 Bit, @p3 Int, @p4 Int

-- Encounter?status (code)
-- Encounter?status (systemCode)
SELECT TOP (@p1) [t0].[VisitID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VisitStatusCode], [t0].[VisitClassCode] FROM [Visits] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[VisitStatusCode] = @p3) ORDER BY [t0].[VisitID]
-- @p1 Int, @p2 Bit, @p3 VarChar

-- Encounter?status (or)
SELECT TOP (@p1) [t0].[VisitID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VisitStatusCode], [t0].[VisitClassCode] FROM [Visits] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[VisitStatusCode] IN (@p3, @p4)) ORDER BY [t0].[VisitID]
-- @p1 Int, @p2 Bit, @p3 VarChar, @p4 VarChar

-- Encounter?practitioner (bare)
-- Encounter?practitioner (typed)
-- Encounter?practitioner (absolute)
-- Encounter?participant (bare)
-- Encounter?participant (typed)
-- Encounter?participant (absolute)
SELECT TOP (@p1) [t0].[VisitID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VisitStatusCode], [t0].[VisitClassCode] FROM [Visits] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[PractitionerID] = @p3) ORDER BY [t0].[VisitID]
-- @p1 Int, @p2 Bit, @p3 Int

-- Encounter?practitioner (or)
-- Encounter?participant (or)
SELECT TOP (@p1) [t0].[VisitID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VisitStatusCode], [t0].[VisitClassCode] FROM [Visits] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[PractitionerID] IN (@p3, @p4)) ORDER BY [t0].[VisitID]
-- @p1 Int, @p2 Bit, @p3 Int, @p4 Int

-- Encounter?appointment (bare)
-- Encounter?appointment (typed)
-- Encounter?appointment (absolute)
SELECT TOP (@p1) [t0].[VisitID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VisitStatusCode], [t0].[VisitClassCode] FROM [Visits] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[AppointmentID] = @p3) ORDER BY [t0].[VisitID]
-- @p1 Int, @p2 Bit, @p3 Int

-- Encounter?appointment (or)
SELECT TOP (@p1) [t0].[VisitID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VisitStatusCode], [t0].[VisitClassCode] FROM [Visits] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[AppointmentID] IN (@p3, @p4)) ORDER BY [t0].[VisitID]
-- @p1 Int, @p2 Bit, @p3 Int, @p4 Int

-- Encounter?reason-code (code)
-- Encounter?reason-code (systemCode)
SELECT TOP (@p1) [t0].[VisitID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VisitStatusCode], [t0].[VisitClassCode] FROM [Visits] AS [t0] LEFT JOIN [ConditionCodes] AS [t1] ON [t1].[ConditionCode] = [t0].[ReasonCode] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t1].[SnomedCode] = @p3) ORDER BY [t0].[VisitID]
-- @p1 Int, @p2 Bit, @p3 VarChar

-- Encounter?reason-code (or)
SELECT TOP (@p1) [t0].[VisitID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VisitStatusCode], [t0].[VisitClassCode] FROM [Visits] AS [t0] LEFT JOIN [ConditionCodes] AS [t1] ON [t1].[ConditionCode] = [t0].[ReasonCode] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t1].[SnomedCode] IN (@p3, @p4)) ORDER BY [t0].[VisitID]
-- @p1 Int, @p2 Bit, @p3 VarChar, @p4 VarChar

-- Encounter?reason-reference (bare)
-- Encounter?reason-reference (typed)
-- Encounter?reason-reference (absolute)
SELECT TOP (@p1) [t0].[VisitID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VisitStatusCode], [t0].[VisitClassCode] FROM [Visits] AS [t0] LEFT JOIN [Conditions] AS [t1] ON [t1].[ConditionID] = [t0].[ReasonConditionID] AND [t1].[IsDeleted] = @p2 AND [t1].[IsConfidential] = @p3 WHERE (([t0].[IsDeleted] <> @p4 OR [t0].[IsDeleted] IS NULL) AND [t1].[ConditionID] = @p5) ORDER BY [t0].[VisitID]
-- @p1 Int, @p2 Bit, @p3 Bit, @p4 Bit, @p5 Int

-- Encounter?reason-reference (or)
SELECT TOP (@p1) [t0].[VisitID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VisitStatusCode], [t0].[VisitClassCode] FROM [Visits] AS [t0] LEFT JOIN [Conditions] AS [t1] ON [t1].[ConditionID] = [t0].[ReasonConditionID] AND [t1].[IsDeleted] = @p2 AND [t1].[IsConfidential] = @p3 WHERE (([t0].[IsDeleted] <> @p4 OR [t0].[IsDeleted] IS NULL) AND [t1].[ConditionID] IN (@p5, @p6)) ORDER BY [t0].[VisitID]
-- @p1 Int, @p2 Bit, @p3 Bit, @p4 Bit, @p5 Int, @p6 Int

-- Encounter?service-provider (bare)
-- Encounter?service-provider (typed)
-- Encounter?service-provider (absolute)
-- Encounter?service-provider (or)
SELECT TOP (@p1) [t0].[VisitID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VisitStatusCode], [t0].[VisitClassCode] FROM [Visits] AS [t0] LEFT JOIN [Locations] AS [t1] ON [t1].[LocationID] = [t0].[LocationID] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t1].[OrganisationID] = @p3) ORDER BY [t0].[VisitID]
-- @p1 Int, @p2 Bit, @p3 Int

-- Immunization?patient (bare)
-- Immunization?patient (typed)
-- Immunization?patient (absolute)
SELECT TOP (@p1) [t0].[ImmunisationID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[ImmunisationStatusCode], [t1].[AmtCode], [t1].[AirCode], [t1].[Name], [t0].[VaccineText], [t0].[InternalID], [t0].[GivenDate], [t0].[GivenText] FROM [Immunisations] AS [t0] LEFT JOIN [Vaccines] AS [t1] ON [t1].[VaccineID] = [t0].[VaccineID] WHERE [t0].[InternalID] = @p2 ORDER BY [t0].[ImmunisationID]
-- @p1 Int, @p2 Int

-- Immunization?patient (or)
SELECT TOP (@p1) [t0].[ImmunisationID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[ImmunisationStatusCode], [t1].[AmtCode], [t1].[AirCode], [t1].[Name], [t0].[VaccineText], [t0].[InternalID], [t0].[GivenDate], [t0].[GivenText] FROM [Immunisations] AS [t0] LEFT JOIN [Vaccines] AS [t1] ON [t1].[VaccineID] = [t0].[VaccineID] WHERE [t0].[InternalID] IN (@p2, @p3) ORDER BY [t0].[ImmunisationID]
-- @p1 Int, @p2 Int, @p3 Int

-- Immunization?date (day)
SELECT TOP (@p1) [t0].[ImmunisationID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[ImmunisationStatusCode], [t1].[AmtCode], [t1].[AirCode], [t1].[Name], [t0].[VaccineText], [t0].[InternalID], [t0].[GivenDate], [t0].[GivenText] FROM [Immunisations] AS [t0] LEFT JOIN [Vaccines] AS [t1] ON [t1].[VaccineID] = [t0].[VaccineID] WHERE ([t0].[GivenDate] >= @p2 AND [t0].[GivenDate] < @p3) ORDER BY [t0].[ImmunisationID]
-- @p1 Int, @p2 Date, @p3 Date

-- Immunization?date (gt)
SELECT TOP (@p1) [t0].[ImmunisationID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[ImmunisationStatusCode], [t1].[AmtCode], [t1].[AirCode], [t1].[Name], [t0].[VaccineText], [t0].[InternalID], [t0].[GivenDate], [t0].[GivenText] FROM [Immunisations] AS [t0] LEFT JOIN [Vaccines] AS [t1] ON [t1].[VaccineID] = [t0].[VaccineID] WHERE [t0].[GivenDate] >= @p2 ORDER BY [t0].[ImmunisationID]
-- @p1 Int, @p2 Date

-- Immunization?date (lt)
SELECT TOP (@p1) [t0].[ImmunisationID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[ImmunisationStatusCode], [t1].[AmtCode], [t1].[AirCode], [t1].[Name], [t0].[VaccineText], [t0].[InternalID], [t0].[GivenDate], [t0].[GivenText] FROM [Immunisations] AS [t0] LEFT JOIN [Vaccines] AS [t1] ON [t1].[VaccineID] = [t0].[VaccineID] WHERE [t0].[GivenDate] < @p2 ORDER BY [t0].[ImmunisationID]
-- @p1 Int, @p2 Date

-- Immunization?date (ge)
SELECT TOP (@p1) [t0].[ImmunisationID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[ImmunisationStatusCode], [t1].[AmtCode], [t1].[AirCode], [t1].[Name], [t0].[VaccineText], [t0].[InternalID], [t0].[GivenDate], [t0].[GivenText] FROM [Immunisations] AS [t0] LEFT JOIN [Vaccines] AS [t1] ON [t1].[VaccineID] = [t0].[VaccineID] WHERE ([t0].[GivenDate] >= @p2 OR ([t0].[GivenDate] >= @p3 AND [t0].[GivenDate] < @p4)) ORDER BY [t0].[ImmunisationID]
-- @p1 Int, @p2 Date, @p3 Date, @p4 Date

-- Immunization?date (le)
SELECT TOP (@p1) [t0].[ImmunisationID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[ImmunisationStatusCode], [t1].[AmtCode], [t1].[AirCode], [t1].[Name], [t0].[VaccineText], [t0].[InternalID], [t0].[GivenDate], [t0].[GivenText] FROM [Immunisations] AS [t0] LEFT JOIN [Vaccines] AS [t1] ON [t1].[VaccineID] = [t0].[VaccineID] WHERE ([t0].[GivenDate] < @p2 OR ([t0].[GivenDate] >= @p3 AND [t0].[GivenDate] < @p4)) ORDER BY [t0].[ImmunisationID]
-- @p1 Int, @p2 Date, @p3 Date, @p4 Date

-- Immunization?date (and)
SELECT TOP (@p1) [t0].[ImmunisationID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[ImmunisationStatusCode], [t1].[AmtCode], [t1].[AirCode], [t1].[Name], [t0].[VaccineText], [t0].[InternalID], [t0].[GivenDate], [t0].[GivenText] FROM [Immunisations] AS [t0] LEFT JOIN [Vaccines] AS [t1] ON [t1].[VaccineID] = [t0].[VaccineID] WHERE (([t0].[GivenDate] >= @p2 OR ([t0].[GivenDate] >= @p3 AND [t0].[GivenDate] < @p4)) AND [t0].[GivenDate] < @p5) ORDER BY [t0].[ImmunisationID]
-- @p1 Int, @p2 Date, @p3 Date, @p4 Date, @p5 Date

-- Immunization?status (code)
-- Immunization?status (systemCode)
SELECT TOP (@p1) [t0].[ImmunisationID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[ImmunisationStatusCode], [t1].[AmtCode], [t1].[AirCode], [t1].[Name], [t0].[VaccineText], [t0].[InternalID], [t0].[GivenDate], [t0].[GivenText] FROM [Immunisations] AS [t0] LEFT JOIN [Vaccines] AS [t1] ON [t1].[VaccineID] = [t0].[VaccineID] WHERE [t0].[ImmunisationStatusCode] = @p2 ORDER BY [t0].[ImmunisationID]
-- @p1 Int, @p2 VarChar

-- Immunization?status (or)
SELECT TOP (@p1) [t0].[ImmunisationID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[ImmunisationStatusCode], [t1].[AmtCode], [t1].[AirCode], [t1].[Name], [t0].[VaccineText], [t0].[InternalID], [t0].[GivenDate], [t0].[GivenText] FROM [Immunisations] AS [t0] LEFT JOIN [Vaccines] AS [t1] ON [t1].[VaccineID] = [t0].[VaccineID] WHERE [t0].[ImmunisationStatusCode] IN (@p2, @p3) ORDER BY [t0].[ImmunisationID]
-- @p1 Int, @p2 VarChar, @p3 VarChar

-- Immunization?vaccine-code (code)
SELECT TOP (@p1) [t0].[ImmunisationID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[ImmunisationStatusCode], [t1].[AmtCode], [t1].[AirCode], [t1].[Name], [t0].[VaccineText], [t0].[InternalID], [t0].[GivenDate], [t0].[GivenText] FROM [Immunisations] AS [t0] LEFT JOIN [Vaccines] AS [t1] ON [t1].[VaccineID] = [t0].[VaccineID] WHERE ([t1].[AmtCode] = @p2 OR [t1].[AirCode] = @p3) ORDER BY [t0].[ImmunisationID]
-- @p1 Int, @p2 VarChar, @p3 VarChar

-- Immunization?vaccine-code (systemCode)
SELECT TOP (@p1) [t0].[ImmunisationID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[ImmunisationStatusCode], [t1].[AmtCode], [t1].[AirCode], [t1].[Name], [t0].[VaccineText], [t0].[InternalID], [t0].[GivenDate], [t0].[GivenText] FROM [Immunisations] AS [t0] LEFT JOIN [Vaccines] AS [t1] ON [t1].[VaccineID] = [t0].[VaccineID] WHERE [t1].[AirCode] = @p2 ORDER BY [t0].[ImmunisationID]
-- @p1 Int, @p2 VarChar

-- Immunization?vaccine-code (or)
SELECT TOP (@p1) [t0].[ImmunisationID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[ImmunisationStatusCode], [t1].[AmtCode], [t1].[AirCode], [t1].[Name], [t0].[VaccineText], [t0].[InternalID], [t0].[GivenDate], [t0].[GivenText] FROM [Immunisations] AS [t0] LEFT JOIN [Vaccines] AS [t1] ON [t1].[VaccineID] = [t0].[VaccineID] WHERE ([t1].[AmtCode] IN (@p2, @p3) OR [t1].[AirCode] = @p4) ORDER BY [t0].[ImmunisationID]
-- @p1 Int, @p2 VarChar, @p3 VarChar, @p4 VarChar

-- Immunization?lot-number (whole)
-- Immunization?lot-number (beginning)
SELECT TOP (@p1) [t0].[ImmunisationID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[ImmunisationStatusCode], [t1].[AmtCode], [t1].[AirCode], [t1].[Name], [t0].[VaccineText], [t0].[InternalID], [t0].[GivenDate], [t0].[GivenText] FROM [Immunisations] AS [t0] LEFT JOIN [Vaccines] AS [t1] ON [t1].[VaccineID] = [t0].[VaccineID] WHERE [t0].[BatchNo] LIKE @p2 ESCAPE '\' ORDER BY [t0].[ImmunisationID]
-- @p1 Int, @p2 NVarChar

-- Immunization?location (bare)
-- Immunization?location (typed)
-- Immunization?location (absolute)
-- Immunization?location (or)
SELECT TOP (@p1) [t0].[ImmunisationID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[ImmunisationStatusCode], [t1].[AmtCode], [t1].[AirCode], [t1].[Name], [t0].[VaccineText], [t0].[InternalID], [t0].[GivenDate], [t0].[GivenText] FROM [Immunisations] AS [t0] LEFT JOIN [Vaccines] AS [t1] ON [t1].[VaccineID] = [t0].[VaccineID] WHERE [t0].[LocationID] = @p2 ORDER BY [t0].[ImmunisationID]
-- @p1 Int, @p2 Int

-- Immunization?performer (bare)
-- Immunization?performer (typed)
-- Immunization?performer (absolute)
SELECT TOP (@p1) [t0].[ImmunisationID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[ImmunisationStatusCode], [t1].[AmtCode], [t1].[AirCode], [t1].[Name], [t0].[VaccineText], [t0].[InternalID], [t0].[GivenDate], [t0].[GivenText] FROM [Immunisations] AS [t0] LEFT JOIN [Vaccines] AS [t1] ON [t1].[VaccineID] = [t0].[VaccineID] WHERE [t0].[GivenByID] = @p2 ORDER BY [t0].[ImmunisationID]
-- @p1 Int, @p2 Int

-- Immunization?performer (or)
SELECT TOP (@p1) [t0].[ImmunisationID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[ImmunisationStatusCode], [t1].[AmtCode], [t1].[AirCode], [t1].[Name], [t0].[VaccineText], [t0].[InternalID], [t0].[GivenDate], [t0].[GivenText] FROM [Immunisations] AS [t0] LEFT JOIN [Vaccines] AS [t1] ON [t1].[VaccineID] = [t0].[VaccineID] WHERE [t0].[GivenByID] IN (@p2, @p3) ORDER BY [t0].[ImmunisationID]
-- @p1 Int, @p2 Int, @p3 Int

-- Medication?code (code)
SELECT TOP (@p1) [t0].[DrugID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive] FROM [Drugs] AS [t0] WHERE ([t0].[AmtCode] = @p2 OR [t0].[AtcCode] = @p3) ORDER BY [t0].[DrugID]
-- @p1 Int, @p2 VarChar, @p3 VarChar

-- Medication?code (systemCode)
SELECT TOP (@p1) [t0].[DrugID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive] FROM [Drugs] AS [t0] WHERE [t0].[AtcCode] = @p2 ORDER BY [t0].[DrugID]
-- @p1 Int, @p2 VarChar

-- Medication?code (or)
SELECT TOP (@p1) [t0].[DrugID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive] FROM [Drugs] AS [t0] WHERE ([t0].[PbsCode] = @p2 OR [t0].[AmtCode] IN (@p3, @p4) OR [t0].[AtcCode] IN (@p5, @p6)) ORDER BY [t0].[DrugID]
-- @p1 Int, @p2 VarChar, @p3 VarChar, @p4 VarChar, @p5 VarChar, @p6 VarChar

-- Medication?status (code)
-- Medication?status (systemCode)
-- Medication?status (or)
SELECT TOP (@p1) [t0].[DrugID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive] FROM [Drugs] AS [t0] WHERE [t0].[IsActive] = @p2 ORDER BY [t0].[DrugID]
-- @p1 Int, @p2 Bit

-- MedicationRequest?patient (bare)
-- MedicationRequest?patient (typed)
-- MedicationRequest?patient (absolute)
-- MedicationRequest?subject (bare)
-- MedicationRequest?subject (typed)
-- MedicationRequest?subject (absolute)
SELECT TOP (@p1) [t0].[PrescriptionID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[PrescriptionStatusCode], [t0].[IntentCode], [t0].[DrugText], [t0].[DrugID], [t1].[PbsCode], [t1].[AmtCode], [t0].[InternalID] FROM [Prescriptions] AS [t0] LEFT JOIN [Drugs] AS [t1] ON [t1].[DrugID] = [t0].[DrugID] WHERE [t0].[InternalID] = @p2 ORDER BY [t0].[PrescriptionID]
-- @p1 Int, @p2 Int

-- MedicationRequest?patient (or)
-- MedicationRequest?subject (or)
SELECT TOP (@p1) [t0].[PrescriptionID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[PrescriptionStatusCode], [t0].[IntentCode], [t0].[DrugText], [t0].[DrugID], [t1].[PbsCode], [t1].[AmtCode], [t0].[InternalID] FROM [Prescriptions] AS [t0] LEFT JOIN [Drugs] AS [t1] ON [t1].[DrugID] = [t0].[DrugID] WHERE [t0].[InternalID] IN (@p2, @p3) ORDER BY [t0].[PrescriptionID]
-- @p1 Int, @p2 Int, @p3 Int

-- MedicationRequest?_id (one)
SELECT TOP (@p1) [t0].[PrescriptionID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[PrescriptionStatusCode], [t0].[IntentCode], [t0].[DrugText], [t0].[DrugID], [t1].[PbsCode], [t1].[AmtCode], [t0].[InternalID] FROM [Prescriptions] AS [t0] LEFT JOIN [Drugs] AS [t1] ON [t1].[DrugID] = [t0].[DrugID] WHERE [t0].[PrescriptionID] = @p2 ORDER BY [t0].[PrescriptionID]
-- @p1 Int, @p2 Int

-- MedicationRequest?_id (or)
SELECT TOP (@p1) [t0].[PrescriptionID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[PrescriptionStatusCode], [t0].[IntentCode], [t0].[DrugText], [t0].[DrugID], [t1].[PbsCode], [t1].[AmtCode], [t0].[InternalID] FROM [Prescriptions] AS [t0] LEFT JOIN [Drugs] AS [t1] ON [t1].[DrugID] = [t0].[DrugID] WHERE [t0].[PrescriptionID] IN (@p2, @p3) ORDER BY [t0].[PrescriptionID]
-- @p1 Int, @p2 Int, @p3 Int

-- MedicationRequest?authoredon (day)
-- MedicationRequest?authoredon (and)
SELECT TOP (@p1) [t0].[PrescriptionID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[PrescriptionStatusCode], [t0].[IntentCode], [t0].[DrugText], [t0].[DrugID], [t1].[PbsCode], [t1].[AmtCode], [t0].[InternalID] FROM [Prescriptions] AS [t0] LEFT JOIN [Drugs] AS [t1] ON [t1].[DrugID] = [t0].[DrugID] WHERE ([t0].[PrescribedAt] >= @p2 AND [t0].[PrescribedAt] < @p3) ORDER BY [t0].[PrescriptionID]
-- @p1 Int, @p2 DateTime, @p3 DateTime

-- MedicationRequest?authoredon (gt)
-- MedicationRequest?authoredon (ge)
SELECT TOP (@p1) [t0].[PrescriptionID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[PrescriptionStatusCode], [t0].[IntentCode], [t0].[DrugText], [t0].[DrugID], [t1].[PbsCode], [t1].[AmtCode], [t0].[InternalID] FROM [Prescriptions] AS [t0] LEFT JOIN [Drugs] AS [t1] ON [t1].[DrugID] = [t0].[DrugID] WHERE [t0].[PrescribedAt] >= @p2 ORDER BY [t0].[PrescriptionID]
-- @p1 Int, @p2 DateTime

-- MedicationRequest?authoredon (lt)
-- MedicationRequest?authoredon (le)
SELECT TOP (@p1) [t0].[PrescriptionID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[PrescriptionStatusCode], [t0].[IntentCode], [t0].[DrugText], [t0].[DrugID], [t1].[PbsCode], [t1].[AmtCode], [t0].[InternalID] FROM [Prescriptions] AS [t0] LEFT JOIN [Drugs] AS [t1] ON [t1].[DrugID] = [t0].[DrugID] WHERE [t0].[PrescribedAt] < @p2 ORDER BY [t0].[PrescriptionID]
-- @p1 Int, @p2 DateTime

-- MedicationRequest?intent (code)
-- MedicationRequest?intent (systemCode)
SELECT TOP (@p1) [t0].[PrescriptionID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[PrescriptionStatusCode], [t0].[IntentCode], [t0].[DrugText], [t0].[DrugID], [t1].[PbsCode], [t1].[AmtCode], [t0].[InternalID] FROM [Prescriptions] AS [t0] LEFT JOIN [Drugs] AS [t1] ON [t1].[DrugID] = [t0].[DrugID] WHERE [t0].[IntentCode] = @p2 ORDER BY [t0].[PrescriptionID]
-- @p1 Int, @p2 VarChar

-- MedicationRequest?intent (or)
SELECT TOP (@p1) [t0].[PrescriptionID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[PrescriptionStatusCode], [t0].[IntentCode], [t0].[DrugText], [t0].[DrugID], [t1].[PbsCode], [t1].[AmtCode], [t0].[InternalID] FROM [Prescriptions] AS [t0] LEFT JOIN [Drugs] AS [t1] ON [t1].[DrugID] = [t0].[DrugID] WHERE [t0].[IntentCode] IN (@p2, @p3) ORDER BY [t0].[PrescriptionID]
-- @p1 Int, @p2 VarChar, @p3 VarChar

-- MedicationRequest?status (code)
-- MedicationRequest?status (systemCode)
SELECT TOP (@p1) [t0].[PrescriptionID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[PrescriptionStatusCode], [t0].[IntentCode], [t0].[DrugText], [t0].[DrugID], [t1].[PbsCode], [t1].[AmtCode], [t0].[InternalID] FROM [Prescriptions] AS [t0] LEFT JOIN [Drugs] AS [t1] ON [t1].[DrugID] = [t0].[DrugID] WHERE [t0].[PrescriptionStatusCode] = @p2 ORDER BY [t0].[PrescriptionID]
-- @p1 Int, @p2 VarChar

-- MedicationRequest?status (or)
SELECT TOP (@p1) [t0].[PrescriptionID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[PrescriptionStatusCode], [t0].[IntentCode], [t0].[DrugText], [t0].[DrugID], [t1].[PbsCode], [t1].[AmtCode], [t0].[InternalID] FROM [Prescriptions] AS [t0] LEFT JOIN [Drugs] AS [t1] ON [t1].[DrugID] = [t0].[DrugID] WHERE [t0].[PrescriptionStatusCode] IN (@p2, @p3) ORDER BY [t0].[PrescriptionID]
-- @p1 Int, @p2 VarChar, @p3 VarChar

-- MedicationRequest?identifier (code)
-- MedicationRequest?identifier (systemCode)
SELECT TOP (@p1) [t0].[PrescriptionID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[PrescriptionStatusCode], [t0].[IntentCode], [t0].[DrugText], [t0].[DrugID], [t1].[PbsCode], [t1].[AmtCode], [t0].[InternalID] FROM [Prescriptions] AS [t0] LEFT JOIN [Drugs] AS [t1] ON [t1].[DrugID] = [t0].[DrugID] WHERE [t0].[ScriptGuid] = @p2 ORDER BY [t0].[PrescriptionID]
-- @p1 Int, @p2 UniqueIdentifier

-- MedicationRequest?identifier (or)
SELECT TOP (@p1) [t0].[PrescriptionID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[PrescriptionStatusCode], [t0].[IntentCode], [t0].[DrugText], [t0].[DrugID], [t1].[PbsCode], [t1].[AmtCode], [t0].[InternalID] FROM [Prescriptions] AS [t0] LEFT JOIN [Drugs] AS [t1] ON [t1].[DrugID] = [t0].[DrugID] WHERE [t0].[ScriptGuid] IN (@p2, @p3) ORDER BY [t0].[PrescriptionID]
-- @p1 Int, @p2 UniqueIdentifier, @p3 UniqueIdentifier

-- MedicationRequest?medication (bare)
-- MedicationRequest?medication (typed)
-- MedicationRequest?medication (absolute)
SELECT TOP (@p1) [t0].[PrescriptionID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[PrescriptionStatusCode], [t0].[IntentCode], [t0].[DrugText], [t0].[DrugID], [t1].[PbsCode], [t1].[AmtCode], [t0].[InternalID] FROM [Prescriptions] AS [t0] LEFT JOIN [Drugs] AS [t1] ON [t1].[DrugID] = [t0].[DrugID] WHERE ([t0].[DrugID] = @p2 AND ([t0].[DrugText] IS NULL OR [t0].[DrugText] = '')) ORDER BY [t0].[PrescriptionID]
-- @p1 Int, @p2 Int

-- MedicationRequest?medication (or)
SELECT TOP (@p1) [t0].[PrescriptionID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[PrescriptionStatusCode], [t0].[IntentCode], [t0].[DrugText], [t0].[DrugID], [t1].[PbsCode], [t1].[AmtCode], [t0].[InternalID] FROM [Prescriptions] AS [t0] LEFT JOIN [Drugs] AS [t1] ON [t1].[DrugID] = [t0].[DrugID] WHERE ([t0].[DrugID] IN (@p2, @p3) AND ([t0].[DrugText] IS NULL OR [t0].[DrugText] = '')) ORDER BY [t0].[PrescriptionID]
-- @p1 Int, @p2 Int, @p3 Int

-- MedicationRequest?code (code)
SELECT TOP (@p1) [t0].[PrescriptionID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[PrescriptionStatusCode], [t0].[IntentCode], [t0].[DrugText], [t0].[DrugID], [t1].[PbsCode], [t1].[AmtCode], [t0].[InternalID] FROM [Prescriptions] AS [t0] LEFT JOIN [Drugs] AS [t1] ON [t1].[DrugID] = [t0].[DrugID] WHERE (([t1].[PbsCode] = @p2 AND [t0].[DrugText] <> '') OR ([t1].[AmtCode] = @p3 AND [t0].[DrugText] <> '')) ORDER BY [t0].[PrescriptionID]
-- @p1 Int, @p2 VarChar, @p3 VarChar

-- MedicationRequest?code (systemCode)
SELECT TOP (@p1) [t0].[PrescriptionID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[PrescriptionStatusCode], [t0].[IntentCode], [t0].[DrugText], [t0].[DrugID], [t1].[PbsCode], [t1].[AmtCode], [t0].[InternalID] FROM [Prescriptions] AS [t0] LEFT JOIN [Drugs] AS [t1] ON [t1].[DrugID] = [t0].[DrugID] WHERE ([t1].[PbsCode] = @p2 AND [t0].[DrugText] <> '') ORDER BY [t0].[PrescriptionID]
-- @p1 Int, @p2 VarChar

-- MedicationRequest?code (or)
SELECT TOP (@p1) [t0].[PrescriptionID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[PrescriptionStatusCode], [t0].[IntentCode], [t0].[DrugText], [t0].[DrugID], [t1].[PbsCode], [t1].[AmtCode], [t0].[InternalID] FROM [Prescriptions] AS [t0] LEFT JOIN [Drugs] AS [t1] ON [t1].[DrugID] = [t0].[DrugID] WHERE (([t1].[PbsCode] IN (@p2, @p3) AND [t0].[DrugText] <> '') OR ([t1].[AmtCode] IN (@p4, @p5) AND [t0].[DrugText] <> '')) ORDER BY [t0].[PrescriptionID]
-- @p1 Int, @p2 VarChar, @p3 VarChar, @p4 VarChar, @p5 VarChar

-- MedicationRequest?encounter (bare)
-- MedicationRequest?encounter (typed)
-- MedicationRequest?encounter (absolute)
SELECT TOP (@p1) [t0].[PrescriptionID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[PrescriptionStatusCode], [t0].[IntentCode], [t0].[DrugText], [t0].[DrugID], [t1].[PbsCode], [t1].[AmtCode], [t0].[InternalID] FROM [Prescriptions] AS [t0] LEFT JOIN [Drugs] AS [t1] ON [t1].[DrugID] = [t0].[DrugID] WHERE [t0].[VisitID] = @p2 ORDER BY [t0].[PrescriptionID]
-- @p1 Int, @p2 Int

-- MedicationRequest?encounter (or)
SELECT TOP (@p1) [t0].[PrescriptionID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[PrescriptionStatusCode], [t0].[IntentCode], [t0].[DrugText], [t0].[DrugID], [t1].[PbsCode], [t1].[AmtCode], [t0].[InternalID] FROM [Prescriptions] AS [t0] LEFT JOIN [Drugs] AS [t1] ON [t1].[DrugID] = [t0].[DrugID] WHERE [t0].[VisitID] IN (@p2, @p3) ORDER BY [t0].[PrescriptionID]
-- @p1 Int, @p2 Int, @p3 Int

-- MedicationRequest?requester (bare)
-- MedicationRequest?requester (typed)
-- MedicationRequest?requester (absolute)
SELECT TOP (@p1) [t0].[PrescriptionID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[PrescriptionStatusCode], [t0].[IntentCode], [t0].[DrugText], [t0].[DrugID], [t1].[PbsCode], [t1].[AmtCode], [t0].[InternalID] FROM [Prescriptions] AS [t0] LEFT JOIN [Drugs] AS [t1] ON [t1].[DrugID] = [t0].[DrugID] WHERE [t0].[PrescriberID] = @p2 ORDER BY [t0].[PrescriptionID]
-- @p1 Int, @p2 Int

-- MedicationRequest?requester (or)
SELECT TOP (@p1) [t0].[PrescriptionID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[PrescriptionStatusCode], [t0].[IntentCode], [t0].[DrugText], [t0].[DrugID], [t1].[PbsCode], [t1].[AmtCode], [t0].[InternalID] FROM [Prescriptions] AS [t0] LEFT JOIN [Drugs] AS [t1] ON [t1].[DrugID] = [t0].[DrugID] WHERE [t0].[PrescriberID] IN (@p2, @p3) ORDER BY [t0].[PrescriptionID]
-- @p1 Int, @p2 Int, @p3 Int

-- MedicationStatement?patient (bare)
-- MedicationStatement?patient (typed)
-- MedicationStatement?patient (absolute)
-- MedicationStatement?subject (bare)
-- MedicationStatement?subject (typed)
-- MedicationStatement?subject (absolute)
SELECT TOP (@p1) [t0].[MedicationID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[MedicationStatusCode], [t0].[DrugText], [t0].[DrugID], [t1].[PbsCode], [t1].[AmtCode], [t0].[InternalID] FROM [Medications] AS [t0] LEFT JOIN [Drugs] AS [t1] ON [t1].[DrugID] = [t0].[DrugID] WHERE [t0].[InternalID] = @p2 ORDER BY [t0].[MedicationID]
-- @p1 Int, @p2 Int

-- MedicationStatement?patient (or)
-- MedicationStatement?subject (or)
SELECT TOP (@p1) [t0].[MedicationID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[MedicationStatusCode], [t0].[DrugText], [t0].[DrugID], [t1].[PbsCode], [t1].[AmtCode], [t0].[InternalID] FROM [Medications] AS [t0] LEFT JOIN [Drugs] AS [t1] ON [t1].[DrugID] = [t0].[DrugID] WHERE [t0].[InternalID] IN (@p2, @p3) ORDER BY [t0].[MedicationID]
-- @p1 Int, @p2 Int, @p3 Int

-- MedicationStatement?_id (one)
SELECT TOP (@p1) [t0].[MedicationID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[MedicationStatusCode], [t0].[DrugText], [t0].[DrugID], [t1].[PbsCode], [t1].[AmtCode], [t0].[InternalID] FROM [Medications] AS [t0] LEFT JOIN [Drugs] AS [t1] ON [t1].[DrugID] = [t0].[DrugID] WHERE [t0].[MedicationID] = @p2 ORDER BY [t0].[MedicationID]
-- @p1 Int, @p2 Int

-- MedicationStatement?_id (or)
SELECT TOP (@p1) [t0].[MedicationID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[MedicationStatusCode], [t0].[DrugText], [t0].[DrugID], [t1].[PbsCode], [t1].[AmtCode], [t0].[InternalID] FROM [Medications] AS [t0] LEFT JOIN [Drugs] AS [t1] ON [t1].[DrugID] = [t0].[DrugID] WHERE [t0].[MedicationID] IN (@p2, @p3) ORDER BY [t0].[MedicationID]
-- @p1 Int, @p2 Int, @p3 Int

-- MedicationStatement?effective (gt)
SELECT TOP (@p1) [t0].[MedicationID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[MedicationStatusCode], [t0].[DrugText], [t0].[DrugID], [t1].[PbsCode], [t1].[AmtCode], [t0].[InternalID] FROM [Medications] AS [t0] LEFT JOIN [Drugs] AS [t1] ON [t1].[DrugID] = [t0].[DrugID] WHERE ([t0].[EndDate] >= @p2 OR ([t0].[EndDate] IS NULL AND [t0].[StartDate] IS NOT NULL)) ORDER BY [t0].[MedicationID]
-- @p1 Int, @p2 Date

-- MedicationStatement?effective (lt)
SELECT TOP (@p1) [t0].[MedicationID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[MedicationStatusCode], [t0].[DrugText], [t0].[DrugID], [t1].[PbsCode], [t1].[AmtCode], [t0].[InternalID] FROM [Medications] AS [t0] LEFT JOIN [Drugs] AS [t1] ON [t1].[DrugID] = [t0].[DrugID] WHERE ([t0].[StartDate] < @p2 OR ([t0].[StartDate] IS NULL AND [t0].[EndDate] IS NOT NULL)) ORDER BY [t0].[MedicationID]
-- @p1 Int, @p2 Date

-- MedicationStatement?effective (ge)
SELECT TOP (@p1) [t0].[MedicationID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[MedicationStatusCode], [t0].[DrugText], [t0].[DrugID], [t1].[PbsCode], [t1].[AmtCode], [t0].[InternalID] FROM [Medications] AS [t0] LEFT JOIN [Drugs] AS [t1] ON [t1].[DrugID] = [t0].[DrugID] WHERE (([t0].[EndDate] >= @p2 OR ([t0].[EndDate] IS NULL AND [t0].[StartDate] IS NOT NULL)) OR ([t0].[StartDate] >= @p3 AND [t0].[EndDate] < @p4)) ORDER BY [t0].[MedicationID]
-- @p1 Int, @p2 Date, @p3 Date, @p4 Date

-- MedicationStatement?effective (le)
SELECT TOP (@p1) [t0].[MedicationID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[MedicationStatusCode], [t0].[DrugText], [t0].[DrugID], [t1].[PbsCode], [t1].[AmtCode], [t0].[InternalID] FROM [Medications] AS [t0] LEFT JOIN [Drugs] AS [t1] ON [t1].[DrugID] = [t0].[DrugID] WHERE (([t0].[StartDate] < @p2 OR ([t0].[StartDate] IS NULL AND [t0].[EndDate] IS NOT NULL)) OR ([t0].[StartDate] >= @p3 AND [t0].[EndDate] < @p4)) ORDER BY [t0].[MedicationID]
-- @p1 Int, @p2 Date, @p3 Date, @p4 Date

-- MedicationStatement?effective (and)
SELECT TOP (@p1) [t0].[MedicationID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[MedicationStatusCode], [t0].[DrugText], [t0].[DrugID], [t1].[PbsCode], [t1].[AmtCode], [t0].[InternalID] FROM [Medications] AS [t0] LEFT JOIN [Drugs] AS [t1] ON [t1].[DrugID] = [t0].[DrugID] WHERE ((([t0].[EndDate] >= @p2 OR ([t0].[EndDate] IS NULL AND [t0].[StartDate] IS NOT NULL)) OR ([t0].[StartDate] >= @p3 AND [t0].[EndDate] < @p4)) AND ([t0].[StartDate] < @p5 OR ([t0].[StartDate] IS NULL AND [t0].[EndDate] IS NOT NULL))) ORDER BY [t0].[MedicationID]
-- @p1 Int, @p2 Date, @p3 Date, @p4 Date, @p5 Date

-- MedicationStatement?status (code)
-- MedicationStatement?status (systemCode)
SELECT TOP (@p1) [t0].[MedicationID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[MedicationStatusCode], [t0].[DrugText], [t0].[DrugID], [t1].[PbsCode], [t1].[AmtCode], [t0].[InternalID] FROM [Medications] AS [t0] LEFT JOIN [Drugs] AS [t1] ON [t1].[DrugID] = [t0].[DrugID] WHERE [t0].[MedicationStatusCode] = @p2 ORDER BY [t0].[MedicationID]
-- @p1 Int, @p2 VarChar

-- MedicationStatement?status (or)
SELECT TOP (@p1) [t0].[MedicationID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[MedicationStatusCode], [t0].[DrugText], [t0].[DrugID], [t1].[PbsCode], [t1].[AmtCode], [t0].[InternalID] FROM [Medications] AS [t0] LEFT JOIN [Drugs] AS [t1] ON [t1].[DrugID] = [t0].[DrugID] WHERE [t0].[MedicationStatusCode] IN (@p2, @p3) ORDER BY [t0].[MedicationID]
-- @p1 Int, @p2 VarChar, @p3 VarChar

-- MedicationStatement?medication (bare)
-- MedicationStatement?medication (typed)
-- MedicationStatement?medication (absolute)
SELECT TOP (@p1) [t0].[MedicationID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[MedicationStatusCode], [t0].[DrugText], [t0].[DrugID], [t1].[PbsCode], [t1].[AmtCode], [t0].[InternalID] FROM [Medications] AS [t0] LEFT JOIN [Drugs] AS [t1] ON [t1].[DrugID] = [t0].[DrugID] WHERE ([t0].[DrugID] = @p2 AND ([t0].[DrugText] IS NULL OR [t0].[DrugText] = '')) ORDER BY [t0].[MedicationID]
-- @p1 Int, @p2 Int

-- MedicationStatement?medication (or)
SELECT TOP (@p1) [t0].[MedicationID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[MedicationStatusCode], [t0].[DrugText], [t0].[DrugID], [t1].[PbsCode], [t1].[AmtCode], [t0].[InternalID] FROM [Medications] AS [t0] LEFT JOIN [Drugs] AS [t1] ON [t1].[DrugID] = [t0].[DrugID] WHERE ([t0].[DrugID] IN (@p2, @p3) AND ([t0].[DrugText] IS NULL OR [t0].[DrugText] = '')) ORDER BY [t0].[MedicationID]
-- @p1 Int, @p2 Int, @p3 Int

-- MedicationStatement?code (code)
SELECT TOP (@p1) [t0].[MedicationID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[MedicationStatusCode], [t0].[DrugText], [t0].[DrugID], [t1].[PbsCode], [t1].[AmtCode], [t0].[InternalID] FROM [Medications] AS [t0] LEFT JOIN [Drugs] AS [t1] ON [t1].[DrugID] = [t0].[DrugID] WHERE (([t1].[PbsCode] = @p2 AND [t0].[DrugText] <> '') OR ([t1].[AmtCode] = @p3 AND [t0].[DrugText] <> '')) ORDER BY [t0].[MedicationID]
-- @p1 Int, @p2 VarChar, @p3 VarChar

-- MedicationStatement?code (systemCode)
SELECT TOP (@p1) [t0].[MedicationID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[MedicationStatusCode], [t0].[DrugText], [t0].[DrugID], [t1].[PbsCode], [t1].[AmtCode], [t0].[InternalID] FROM [Medications] AS [t0] LEFT JOIN [Drugs] AS [t1] ON [t1].[DrugID] = [t0].[DrugID] WHERE ([t1].[PbsCode] = @p2 AND [t0].[DrugText] <> '') ORDER BY [t0].[MedicationID]
-- @p1 Int, @p2 VarChar

-- MedicationStatement?code (or)
SELECT TOP (@p1) [t0].[MedicationID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[MedicationStatusCode], [t0].[DrugText], [t0].[DrugID], [t1].[PbsCode], [t1].[AmtCode], [t0].[InternalID] FROM [Medications] AS [t0] LEFT JOIN [Drugs] AS [t1] ON [t1].[DrugID] = [t0].[DrugID] WHERE (([t1].[PbsCode] IN (@p2, @p3) AND [t0].[DrugText] <> '') OR ([t1].[AmtCode] IN (@p4, @p5) AND [t0].[DrugText] <> '')) ORDER BY [t0].[MedicationID]
-- @p1 Int, @p2 VarChar, @p3 VarChar, @p4 VarChar, @p5 VarChar

-- MedicationStatement?source (bare)
-- MedicationStatement?source (typed)
-- MedicationStatement?source (absolute)
SELECT TOP (@p1) [t0].[MedicationID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[MedicationStatusCode], [t0].[DrugText], [t0].[DrugID], [t1].[PbsCode], [t1].[AmtCode], [t0].[InternalID] FROM [Medications] AS [t0] LEFT JOIN [Drugs] AS [t1] ON [t1].[DrugID] = [t0].[DrugID] WHERE [t0].[RecordedByID] = @p2 ORDER BY [t0].[MedicationID]
-- @p1 Int, @p2 Int

-- MedicationStatement?source (or)
SELECT TOP (@p1) [t0].[MedicationID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[MedicationStatusCode], [t0].[DrugText], [t0].[DrugID], [t1].[PbsCode], [t1].[AmtCode], [t0].[InternalID] FROM [Medications] AS [t0] LEFT JOIN [Drugs] AS [t1] ON [t1].[DrugID] = [t0].[DrugID] WHERE [t0].[RecordedByID] IN (@p2, @p3) ORDER BY [t0].[MedicationID]
-- @p1 Int, @p2 Int, @p3 Int

-- Observation?category (code)
-- Observation?category (systemCode)
SELECT TOP (@p1) [t0].[Source], [t0].[ID], [t0].[UpdatedAt], [t0].[Status], [t0].[LoincCode], [t0].[SnomedCode], [t0].[Name], [t0].[ProfileKey] FROM (SELECT CAST(1 AS tinyint) AS Source, o.ObservationID AS ID, o.InternalID AS InternalID, o.VisitID AS VisitID, o.ObservationTypeCode AS ProfileKey, t.CategoryCode AS CategoryCode, CAST(NULL AS varchar(4)) AS DisciplineCode, t.LoincCode AS LoincCode, t.SnomedCode AS SnomedCode, t.Name AS Name, o.ObservationStatusCode AS Status, CAST(NULL AS datetimeoffset(0)) AS CollectedAt, o.ObservedAt AS ObservedAt, CAST(NULL AS datetimeoffset(3)) AS ReportedAt, o.RecordedByID AS PractitionerID, CAST(NULL AS int) AS OrganisationID, CAST(o.Value AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, t.Unit AS Unit, t.UcumCode AS UcumCode, o.ValueCode AS ValueCode, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL THEN o.ValueText END AS ValueText, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL AND o.ValueText IS NULL THEN COALESCE(o.AbsentReasonCode, CASE WHEN o.ObservationTypeCode <> 'BP' THEN 'unknown' END) END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, CAST(NULL AS varchar(30)) AS SpecimenSnomed, CAST(NULL AS nvarchar(60)) AS SpecimenName, a.Description AS AnswerName, COALESCE(o.Comment, CASE WHEN o.ValueCode IS NOT NULL THEN o.ValueText END) AS Note, o.UpdatedAt AS UpdatedAt FROM Observations o INNER JOIN ObservationTypes t ON t.ObservationTypeCode = o.ObservationTypeCode LEFT JOIN BodySites s ON s.BodySiteCode = o.BodySiteCode LEFT JOIN ObservationAnswers a ON a.AnswerCode = o.ValueCode UNION ALL SELECT CAST(2 AS tinyint) AS Source, r.ResultID AS ID, r.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, rc.LoincCode AS LoincCode, CAST(NULL AS varchar(18)) AS SnomedCode, rc.Name AS Name, r.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, r.Value AS Amount, r.Comparator AS Comparator, rc.Unit AS Unit, rc.UcumCode AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, CASE WHEN r.Value IS NULL THEN r.ValueText END AS ValueText, CASE WHEN r.Value IS NULL AND r.ValueText IS NULL THEN COALESCE(r.AbsentReasonCode, 'unknown') END AS AbsentReasonCode, r.AbnormalFlagCode AS AbnormalFlagCode, r.ReferenceLow AS ReferenceLow, r.ReferenceHigh AS ReferenceHigh, r.ReferenceText AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, r.UpdatedAt AS UpdatedAt FROM InvestigationResults r INNER JOIN Investigations i ON i.InvestigationID = r.InvestigationID INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode INNER JOIN ResultCodes rc ON rc.ResultCode = r.ResultCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode UNION ALL SELECT CAST(3 AS tinyint) AS Source, i.InvestigationID AS ID, i.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, ic.LoincCode AS LoincCode, ic.SnomedCode AS SnomedCode, ic.Name AS Name, i.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, CAST(NULL AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, CAST(NULL AS nvarchar(20)) AS Unit, CAST(NULL AS varchar(20)) AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, i.Conclusion AS ValueText, CASE WHEN i.Conclusion IS NULL AND NOT EXISTS (SELECT 1 FROM InvestigationResults x WHERE x.InvestigationID = i.InvestigationID) THEN 'temp-unknown' END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, i.UpdatedAt AS UpdatedAt FROM Investigations i INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode) AS [t0] WHERE [t0].[CategoryCode] = @p2 ORDER BY [t0].[Source], [t0].[ID]
-- @p1 Int, @p2 VarChar

-- Observation?category (or)
SELECT TOP (@p1) [t0].[Source], [t0].[ID], [t0].[UpdatedAt], [t0].[Status], [t0].[LoincCode], [t0].[SnomedCode], [t0].[Name], [t0].[ProfileKey] FROM (SELECT CAST(1 AS tinyint) AS Source, o.ObservationID AS ID, o.InternalID AS InternalID, o.VisitID AS VisitID, o.ObservationTypeCode AS ProfileKey, t.CategoryCode AS CategoryCode, CAST(NULL AS varchar(4)) AS DisciplineCode, t.LoincCode AS LoincCode, t.SnomedCode AS SnomedCode, t.Name AS Name, o.ObservationStatusCode AS Status, CAST(NULL AS datetimeoffset(0)) AS CollectedAt, o.ObservedAt AS ObservedAt, CAST(NULL AS datetimeoffset(3)) AS ReportedAt, o.RecordedByID AS PractitionerID, CAST(NULL AS int) AS OrganisationID, CAST(o.Value AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, t.Unit AS Unit, t.UcumCode AS UcumCode, o.ValueCode AS ValueCode, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL THEN o.ValueText END AS ValueText, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL AND o.ValueText IS NULL THEN COALESCE(o.AbsentReasonCode, CASE WHEN o.ObservationTypeCode <> 'BP' THEN 'unknown' END) END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, CAST(NULL AS varchar(30)) AS SpecimenSnomed, CAST(NULL AS nvarchar(60)) AS SpecimenName, a.Description AS AnswerName, COALESCE(o.Comment, CASE WHEN o.ValueCode IS NOT NULL THEN o.ValueText END) AS Note, o.UpdatedAt AS UpdatedAt FROM Observations o INNER JOIN ObservationTypes t ON t.ObservationTypeCode = o.ObservationTypeCode LEFT JOIN BodySites s ON s.BodySiteCode = o.BodySiteCode LEFT JOIN ObservationAnswers a ON a.AnswerCode = o.ValueCode UNION ALL SELECT CAST(2 AS tinyint) AS Source, r.ResultID AS ID, r.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, rc.LoincCode AS LoincCode, CAST(NULL AS varchar(18)) AS SnomedCode, rc.Name AS Name, r.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, r.Value AS Amount, r.Comparator AS Comparator, rc.Unit AS Unit, rc.UcumCode AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, CASE WHEN r.Value IS NULL THEN r.ValueText END AS ValueText, CASE WHEN r.Value IS NULL AND r.ValueText IS NULL THEN COALESCE(r.AbsentReasonCode, 'unknown') END AS AbsentReasonCode, r.AbnormalFlagCode AS AbnormalFlagCode, r.ReferenceLow AS ReferenceLow, r.ReferenceHigh AS ReferenceHigh, r.ReferenceText AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, r.UpdatedAt AS UpdatedAt FROM InvestigationResults r INNER JOIN Investigations i ON i.InvestigationID = r.InvestigationID INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode INNER JOIN ResultCodes rc ON rc.ResultCode = r.ResultCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode UNION ALL SELECT CAST(3 AS tinyint) AS Source, i.InvestigationID AS ID, i.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, ic.LoincCode AS LoincCode, ic.SnomedCode AS SnomedCode, ic.Name AS Name, i.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, CAST(NULL AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, CAST(NULL AS nvarchar(20)) AS Unit, CAST(NULL AS varchar(20)) AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, i.Conclusion AS ValueText, CASE WHEN i.Conclusion IS NULL AND NOT EXISTS (SELECT 1 FROM InvestigationResults x WHERE x.InvestigationID = i.InvestigationID) THEN 'temp-unknown' END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, i.UpdatedAt AS UpdatedAt FROM Investigations i INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode) AS [t0] WHERE ([t0].[CategoryCode] = @p2 OR [t0].[DisciplineCode] = @p3) ORDER BY [t0].[Source], [t0].[ID]
-- @p1 Int, @p2 VarChar, @p3 VarChar

-- Observation?code (code)
SELECT TOP (@p1) [t0].[Source], [t0].[ID], [t0].[UpdatedAt], [t0].[Status], [t0].[LoincCode], [t0].[SnomedCode], [t0].[Name], [t0].[ProfileKey] FROM (SELECT CAST(1 AS tinyint) AS Source, o.ObservationID AS ID, o.InternalID AS InternalID, o.VisitID AS VisitID, o.ObservationTypeCode AS ProfileKey, t.CategoryCode AS CategoryCode, CAST(NULL AS varchar(4)) AS DisciplineCode, t.LoincCode AS LoincCode, t.SnomedCode AS SnomedCode, t.Name AS Name, o.ObservationStatusCode AS Status, CAST(NULL AS datetimeoffset(0)) AS CollectedAt, o.ObservedAt AS ObservedAt, CAST(NULL AS datetimeoffset(3)) AS ReportedAt, o.RecordedByID AS PractitionerID, CAST(NULL AS int) AS OrganisationID, CAST(o.Value AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, t.Unit AS Unit, t.UcumCode AS UcumCode, o.ValueCode AS ValueCode, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL THEN o.ValueText END AS ValueText, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL AND o.ValueText IS NULL THEN COALESCE(o.AbsentReasonCode, CASE WHEN o.ObservationTypeCode <> 'BP' THEN 'unknown' END) END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, CAST(NULL AS varchar(30)) AS SpecimenSnomed, CAST(NULL AS nvarchar(60)) AS SpecimenName, a.Description AS AnswerName, COALESCE(o.Comment, CASE WHEN o.ValueCode IS NOT NULL THEN o.ValueText END) AS Note, o.UpdatedAt AS UpdatedAt FROM Observations o INNER JOIN ObservationTypes t ON t.ObservationTypeCode = o.ObservationTypeCode LEFT JOIN BodySites s ON s.BodySiteCode = o.BodySiteCode LEFT JOIN ObservationAnswers a ON a.AnswerCode = o.ValueCode UNION ALL SELECT CAST(2 AS tinyint) AS Source, r.ResultID AS ID, r.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, rc.LoincCode AS LoincCode, CAST(NULL AS varchar(18)) AS SnomedCode, rc.Name AS Name, r.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, r.Value AS Amount, r.Comparator AS Comparator, rc.Unit AS Unit, rc.UcumCode AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, CASE WHEN r.Value IS NULL THEN r.ValueText END AS ValueText, CASE WHEN r.Value IS NULL AND r.ValueText IS NULL THEN COALESCE(r.AbsentReasonCode, 'unknown') END AS AbsentReasonCode, r.AbnormalFlagCode AS AbnormalFlagCode, r.ReferenceLow AS ReferenceLow, r.ReferenceHigh AS ReferenceHigh, r.ReferenceText AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, r.UpdatedAt AS UpdatedAt FROM InvestigationResults r INNER JOIN Investigations i ON i.InvestigationID = r.InvestigationID INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode INNER JOIN ResultCodes rc ON rc.ResultCode = r.ResultCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode UNION ALL SELECT CAST(3 AS tinyint) AS Source, i.InvestigationID AS ID, i.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, ic.LoincCode AS LoincCode, ic.SnomedCode AS SnomedCode, ic.Name AS Name, i.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, CAST(NULL AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, CAST(NULL AS nvarchar(20)) AS Unit, CAST(NULL AS varchar(20)) AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, i.Conclusion AS ValueText, CASE WHEN i.Conclusion IS NULL AND NOT EXISTS (SELECT 1 FROM InvestigationResults x WHERE x.InvestigationID = i.InvestigationID) THEN 'temp-unknown' END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, i.UpdatedAt AS UpdatedAt FROM Investigations i INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode) AS [t0] WHERE ([t0].[LoincCode] = @p2 OR [t0].[SnomedCode] = @p3) ORDER BY [t0].[Source], [t0].[ID]
-- @p1 Int, @p2 VarChar, @p3 VarChar

-- Observation?code (systemCode)
SELECT TOP (@p1) [t0].[Source], [t0].[ID], [t0].[UpdatedAt], [t0].[Status], [t0].[LoincCode], [t0].[SnomedCode], [t0].[Name], [t0].[ProfileKey] FROM (SELECT CAST(1 AS tinyint) AS Source, o.ObservationID AS ID, o.InternalID AS InternalID, o.VisitID AS VisitID, o.ObservationTypeCode AS ProfileKey, t.CategoryCode AS CategoryCode, CAST(NULL AS varchar(4)) AS DisciplineCode, t.LoincCode AS LoincCode, t.SnomedCode AS SnomedCode, t.Name AS Name, o.ObservationStatusCode AS Status, CAST(NULL AS datetimeoffset(0)) AS CollectedAt, o.ObservedAt AS ObservedAt, CAST(NULL AS datetimeoffset(3)) AS ReportedAt, o.RecordedByID AS PractitionerID, CAST(NULL AS int) AS OrganisationID, CAST(o.Value AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, t.Unit AS Unit, t.UcumCode AS UcumCode, o.ValueCode AS ValueCode, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL THEN o.ValueText END AS ValueText, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL AND o.ValueText IS NULL THEN COALESCE(o.AbsentReasonCode, CASE WHEN o.ObservationTypeCode <> 'BP' THEN 'unknown' END) END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, CAST(NULL AS varchar(30)) AS SpecimenSnomed, CAST(NULL AS nvarchar(60)) AS SpecimenName, a.Description AS AnswerName, COALESCE(o.Comment, CASE WHEN o.ValueCode IS NOT NULL THEN o.ValueText END) AS Note, o.UpdatedAt AS UpdatedAt FROM Observations o INNER JOIN ObservationTypes t ON t.ObservationTypeCode = o.ObservationTypeCode LEFT JOIN BodySites s ON s.BodySiteCode = o.BodySiteCode LEFT JOIN ObservationAnswers a ON a.AnswerCode = o.ValueCode UNION ALL SELECT CAST(2 AS tinyint) AS Source, r.ResultID AS ID, r.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, rc.LoincCode AS LoincCode, CAST(NULL AS varchar(18)) AS SnomedCode, rc.Name AS Name, r.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, r.Value AS Amount, r.Comparator AS Comparator, rc.Unit AS Unit, rc.UcumCode AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, CASE WHEN r.Value IS NULL THEN r.ValueText END AS ValueText, CASE WHEN r.Value IS NULL AND r.ValueText IS NULL THEN COALESCE(r.AbsentReasonCode, 'unknown') END AS AbsentReasonCode, r.AbnormalFlagCode AS AbnormalFlagCode, r.ReferenceLow AS ReferenceLow, r.ReferenceHigh AS ReferenceHigh, r.ReferenceText AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, r.UpdatedAt AS UpdatedAt FROM InvestigationResults r INNER JOIN Investigations i ON i.InvestigationID = r.InvestigationID INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode INNER JOIN ResultCodes rc ON rc.ResultCode = r.ResultCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode UNION ALL SELECT CAST(3 AS tinyint) AS Source, i.InvestigationID AS ID, i.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, ic.LoincCode AS LoincCode, ic.SnomedCode AS SnomedCode, ic.Name AS Name, i.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, CAST(NULL AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, CAST(NULL AS nvarchar(20)) AS Unit, CAST(NULL AS varchar(20)) AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, i.Conclusion AS ValueText, CASE WHEN i.Conclusion IS NULL AND NOT EXISTS (SELECT 1 FROM InvestigationResults x WHERE x.InvestigationID = i.InvestigationID) THEN 'temp-unknown' END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, i.UpdatedAt AS UpdatedAt FROM Investigations i INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode) AS [t0] WHERE [t0].[LoincCode] = @p2 ORDER BY [t0].[Source], [t0].[ID]
-- @p1 Int, @p2 VarChar

-- Observation?code (or)
SELECT TOP (@p1) [t0].[Source], [t0].[ID], [t0].[UpdatedAt], [t0].[Status], [t0].[LoincCode], [t0].[SnomedCode], [t0].[Name], [t0].[ProfileKey] FROM (SELECT CAST(1 AS tinyint) AS Source, o.ObservationID AS ID, o.InternalID AS InternalID, o.VisitID AS VisitID, o.ObservationTypeCode AS ProfileKey, t.CategoryCode AS CategoryCode, CAST(NULL AS varchar(4)) AS DisciplineCode, t.LoincCode AS LoincCode, t.SnomedCode AS SnomedCode, t.Name AS Name, o.ObservationStatusCode AS Status, CAST(NULL AS datetimeoffset(0)) AS CollectedAt, o.ObservedAt AS ObservedAt, CAST(NULL AS datetimeoffset(3)) AS ReportedAt, o.RecordedByID AS PractitionerID, CAST(NULL AS int) AS OrganisationID, CAST(o.Value AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, t.Unit AS Unit, t.UcumCode AS UcumCode, o.ValueCode AS ValueCode, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL THEN o.ValueText END AS ValueText, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL AND o.ValueText IS NULL THEN COALESCE(o.AbsentReasonCode, CASE WHEN o.ObservationTypeCode <> 'BP' THEN 'unknown' END) END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, CAST(NULL AS varchar(30)) AS SpecimenSnomed, CAST(NULL AS nvarchar(60)) AS SpecimenName, a.Description AS AnswerName, COALESCE(o.Comment, CASE WHEN o.ValueCode IS NOT NULL THEN o.ValueText END) AS Note, o.UpdatedAt AS UpdatedAt FROM Observations o INNER JOIN ObservationTypes t ON t.ObservationTypeCode = o.ObservationTypeCode LEFT JOIN BodySites s ON s.BodySiteCode = o.BodySiteCode LEFT JOIN ObservationAnswers a ON a.AnswerCode = o.ValueCode UNION ALL SELECT CAST(2 AS tinyint) AS Source, r.ResultID AS ID, r.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, rc.LoincCode AS LoincCode, CAST(NULL AS varchar(18)) AS SnomedCode, rc.Name AS Name, r.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, r.Value AS Amount, r.Comparator AS Comparator, rc.Unit AS Unit, rc.UcumCode AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, CASE WHEN r.Value IS NULL THEN r.ValueText END AS ValueText, CASE WHEN r.Value IS NULL AND r.ValueText IS NULL THEN COALESCE(r.AbsentReasonCode, 'unknown') END AS AbsentReasonCode, r.AbnormalFlagCode AS AbnormalFlagCode, r.ReferenceLow AS ReferenceLow, r.ReferenceHigh AS ReferenceHigh, r.ReferenceText AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, r.UpdatedAt AS UpdatedAt FROM InvestigationResults r INNER JOIN Investigations i ON i.InvestigationID = r.InvestigationID INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode INNER JOIN ResultCodes rc ON rc.ResultCode = r.ResultCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode UNION ALL SELECT CAST(3 AS tinyint) AS Source, i.InvestigationID AS ID, i.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, ic.LoincCode AS LoincCode, ic.SnomedCode AS SnomedCode, ic.Name AS Name, i.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, CAST(NULL AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, CAST(NULL AS nvarchar(20)) AS Unit, CAST(NULL AS varchar(20)) AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, i.Conclusion AS ValueText, CASE WHEN i.Conclusion IS NULL AND NOT EXISTS (SELECT 1 FROM InvestigationResults x WHERE x.InvestigationID = i.InvestigationID) THEN 'temp-unknown' END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, i.UpdatedAt AS UpdatedAt FROM Investigations i INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode) AS [t0] WHERE ([t0].[LoincCode] IN (@p2, @p3) OR [t0].[SnomedCode] IN (@p4, @p5)) ORDER BY [t0].[Source], [t0].[ID]
-- @p1 Int, @p2 VarChar, @p3 VarChar, @p4 VarChar, @p5 VarChar

-- Observation?date (day)
SELECT TOP (@p1) [t0].[Source], [t0].[ID], [t0].[UpdatedAt], [t0].[Status], [t0].[LoincCode], [t0].[SnomedCode], [t0].[Name], [t0].[ProfileKey] FROM (SELECT CAST(1 AS tinyint) AS Source, o.ObservationID AS ID, o.InternalID AS InternalID, o.VisitID AS VisitID, o.ObservationTypeCode AS ProfileKey, t.CategoryCode AS CategoryCode, CAST(NULL AS varchar(4)) AS DisciplineCode, t.LoincCode AS LoincCode, t.SnomedCode AS SnomedCode, t.Name AS Name, o.ObservationStatusCode AS Status, CAST(NULL AS datetimeoffset(0)) AS CollectedAt, o.ObservedAt AS ObservedAt, CAST(NULL AS datetimeoffset(3)) AS ReportedAt, o.RecordedByID AS PractitionerID, CAST(NULL AS int) AS OrganisationID, CAST(o.Value AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, t.Unit AS Unit, t.UcumCode AS UcumCode, o.ValueCode AS ValueCode, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL THEN o.ValueText END AS ValueText, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL AND o.ValueText IS NULL THEN COALESCE(o.AbsentReasonCode, CASE WHEN o.ObservationTypeCode <> 'BP' THEN 'unknown' END) END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, CAST(NULL AS varchar(30)) AS SpecimenSnomed, CAST(NULL AS nvarchar(60)) AS SpecimenName, a.Description AS AnswerName, COALESCE(o.Comment, CASE WHEN o.ValueCode IS NOT NULL THEN o.ValueText END) AS Note, o.UpdatedAt AS UpdatedAt FROM Observations o INNER JOIN ObservationTypes t ON t.ObservationTypeCode = o.ObservationTypeCode LEFT JOIN BodySites s ON s.BodySiteCode = o.BodySiteCode LEFT JOIN ObservationAnswers a ON a.AnswerCode = o.ValueCode UNION ALL SELECT CAST(2 AS tinyint) AS Source, r.ResultID AS ID, r.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, rc.LoincCode AS LoincCode, CAST(NULL AS varchar(18)) AS SnomedCode, rc.Name AS Name, r.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, r.Value AS Amount, r.Comparator AS Comparator, rc.Unit AS Unit, rc.UcumCode AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, CASE WHEN r.Value IS NULL THEN r.ValueText END AS ValueText, CASE WHEN r.Value IS NULL AND r.ValueText IS NULL THEN COALESCE(r.AbsentReasonCode, 'unknown') END AS AbsentReasonCode, r.AbnormalFlagCode AS AbnormalFlagCode, r.ReferenceLow AS ReferenceLow, r.ReferenceHigh AS ReferenceHigh, r.ReferenceText AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, r.UpdatedAt AS UpdatedAt FROM InvestigationResults r INNER JOIN Investigations i ON i.InvestigationID = r.InvestigationID INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode INNER JOIN ResultCodes rc ON rc.ResultCode = r.ResultCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode UNION ALL SELECT CAST(3 AS tinyint) AS Source, i.InvestigationID AS ID, i.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, ic.LoincCode AS LoincCode, ic.SnomedCode AS SnomedCode, ic.Name AS Name, i.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, CAST(NULL AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, CAST(NULL AS nvarchar(20)) AS Unit, CAST(NULL AS varchar(20)) AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, i.Conclusion AS ValueText, CASE WHEN i.Conclusion IS NULL AND NOT EXISTS (SELECT 1 FROM InvestigationResults x WHERE x.InvestigationID = i.InvestigationID) THEN 'temp-unknown' END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, i.UpdatedAt AS UpdatedAt FROM Investigations i INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode) AS [t0] WHERE (([t0].[CollectedAt] >= @p2 AND [t0].[CollectedAt] < @p3) OR ([t0].[ObservedAt] >= @p4 AND [t0].[ObservedAt] < @p5)) ORDER BY [t0].[Source], [t0].[ID]
-- @p1 Int, @p2 DateTimeOffset, @p3 DateTimeOffset, @p4 DateTime, @p5 DateTime

-- Observation?date (gt)
-- Observation?date (ge)
SELECT TOP (@p1) [t0].[Source], [t0].[ID], [t0].[UpdatedAt], [t0].[Status], [t0].[LoincCode], [t0].[SnomedCode], [t0].[Name], [t0].[ProfileKey] FROM (SELECT CAST(1 AS tinyint) AS Source, o.ObservationID AS ID, o.InternalID AS InternalID, o.VisitID AS VisitID, o.ObservationTypeCode AS ProfileKey, t.CategoryCode AS CategoryCode, CAST(NULL AS varchar(4)) AS DisciplineCode, t.LoincCode AS LoincCode, t.SnomedCode AS SnomedCode, t.Name AS Name, o.ObservationStatusCode AS Status, CAST(NULL AS datetimeoffset(0)) AS CollectedAt, o.ObservedAt AS ObservedAt, CAST(NULL AS datetimeoffset(3)) AS ReportedAt, o.RecordedByID AS PractitionerID, CAST(NULL AS int) AS OrganisationID, CAST(o.Value AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, t.Unit AS Unit, t.UcumCode AS UcumCode, o.ValueCode AS ValueCode, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL THEN o.ValueText END AS ValueText, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL AND o.ValueText IS NULL THEN COALESCE(o.AbsentReasonCode, CASE WHEN o.ObservationTypeCode <> 'BP' THEN 'unknown' END) END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, CAST(NULL AS varchar(30)) AS SpecimenSnomed, CAST(NULL AS nvarchar(60)) AS SpecimenName, a.Description AS AnswerName, COALESCE(o.Comment, CASE WHEN o.ValueCode IS NOT NULL THEN o.ValueText END) AS Note, o.UpdatedAt AS UpdatedAt FROM Observations o INNER JOIN ObservationTypes t ON t.ObservationTypeCode = o.ObservationTypeCode LEFT JOIN BodySites s ON s.BodySiteCode = o.BodySiteCode LEFT JOIN ObservationAnswers a ON a.AnswerCode = o.ValueCode UNION ALL SELECT CAST(2 AS tinyint) AS Source, r.ResultID AS ID, r.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, rc.LoincCode AS LoincCode, CAST(NULL AS varchar(18)) AS SnomedCode, rc.Name AS Name, r.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, r.Value AS Amount, r.Comparator AS Comparator, rc.Unit AS Unit, rc.UcumCode AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, CASE WHEN r.Value IS NULL THEN r.ValueText END AS ValueText, CASE WHEN r.Value IS NULL AND r.ValueText IS NULL THEN COALESCE(r.AbsentReasonCode, 'unknown') END AS AbsentReasonCode, r.AbnormalFlagCode AS AbnormalFlagCode, r.ReferenceLow AS ReferenceLow, r.ReferenceHigh AS ReferenceHigh, r.ReferenceText AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, r.UpdatedAt AS UpdatedAt FROM InvestigationResults r INNER JOIN Investigations i ON i.InvestigationID = r.InvestigationID INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode INNER JOIN ResultCodes rc ON rc.ResultCode = r.ResultCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode UNION ALL SELECT CAST(3 AS tinyint) AS Source, i.InvestigationID AS ID, i.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, ic.LoincCode AS LoincCode, ic.SnomedCode AS SnomedCode, ic.Name AS Name, i.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, CAST(NULL AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, CAST(NULL AS nvarchar(20)) AS Unit, CAST(NULL AS varchar(20)) AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, i.Conclusion AS ValueText, CASE WHEN i.Conclusion IS NULL AND NOT EXISTS (SELECT 1 FROM InvestigationResults x WHERE x.InvestigationID = i.InvestigationID) THEN 'temp-unknown' END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, i.UpdatedAt AS UpdatedAt FROM Investigations i INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode) AS [t0] WHERE ([t0].[CollectedAt] >= @p2 OR [t0].[ObservedAt] >= @p3) ORDER BY [t0].[Source], [t0].[ID]
-- @p1 Int, @p2 DateTimeOffset, @p3 DateTime

-- Observation?date (lt)
-- Observation?date (le)
SELECT TOP (@p1) [t0].[Source], [t0].[ID], [t0].[UpdatedAt], [t0].[Status], [t0].[LoincCode], [t0].[SnomedCode], [t0].[Name], [t0].[ProfileKey] FROM (SELECT CAST(1 AS tinyint) AS Source, o.ObservationID AS ID, o.InternalID AS InternalID, o.VisitID AS VisitID, o.ObservationTypeCode AS ProfileKey, t.CategoryCode AS CategoryCode, CAST(NULL AS varchar(4)) AS DisciplineCode, t.LoincCode AS LoincCode, t.SnomedCode AS SnomedCode, t.Name AS Name, o.ObservationStatusCode AS Status, CAST(NULL AS datetimeoffset(0)) AS CollectedAt, o.ObservedAt AS ObservedAt, CAST(NULL AS datetimeoffset(3)) AS ReportedAt, o.RecordedByID AS PractitionerID, CAST(NULL AS int) AS OrganisationID, CAST(o.Value AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, t.Unit AS Unit, t.UcumCode AS UcumCode, o.ValueCode AS ValueCode, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL THEN o.ValueText END AS ValueText, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL AND o.ValueText IS NULL THEN COALESCE(o.AbsentReasonCode, CASE WHEN o.ObservationTypeCode <> 'BP' THEN 'unknown' END) END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, CAST(NULL AS varchar(30)) AS SpecimenSnomed, CAST(NULL AS nvarchar(60)) AS SpecimenName, a.Description AS AnswerName, COALESCE(o.Comment, CASE WHEN o.ValueCode IS NOT NULL THEN o.ValueText END) AS Note, o.UpdatedAt AS UpdatedAt FROM Observations o INNER JOIN ObservationTypes t ON t.ObservationTypeCode = o.ObservationTypeCode LEFT JOIN BodySites s ON s.BodySiteCode = o.BodySiteCode LEFT JOIN ObservationAnswers a ON a.AnswerCode = o.ValueCode UNION ALL SELECT CAST(2 AS tinyint) AS Source, r.ResultID AS ID, r.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, rc.LoincCode AS LoincCode, CAST(NULL AS varchar(18)) AS SnomedCode, rc.Name AS Name, r.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, r.Value AS Amount, r.Comparator AS Comparator, rc.Unit AS Unit, rc.UcumCode AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, CASE WHEN r.Value IS NULL THEN r.ValueText END AS ValueText, CASE WHEN r.Value IS NULL AND r.ValueText IS NULL THEN COALESCE(r.AbsentReasonCode, 'unknown') END AS AbsentReasonCode, r.AbnormalFlagCode AS AbnormalFlagCode, r.ReferenceLow AS ReferenceLow, r.ReferenceHigh AS ReferenceHigh, r.ReferenceText AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, r.UpdatedAt AS UpdatedAt FROM InvestigationResults r INNER JOIN Investigations i ON i.InvestigationID = r.InvestigationID INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode INNER JOIN ResultCodes rc ON rc.ResultCode = r.ResultCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode UNION ALL SELECT CAST(3 AS tinyint) AS Source, i.InvestigationID AS ID, i.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, ic.LoincCode AS LoincCode, ic.SnomedCode AS SnomedCode, ic.Name AS Name, i.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, CAST(NULL AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, CAST(NULL AS nvarchar(20)) AS Unit, CAST(NULL AS varchar(20)) AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, i.Conclusion AS ValueText, CASE WHEN i.Conclusion IS NULL AND NOT EXISTS (SELECT 1 FROM InvestigationResults x WHERE x.InvestigationID = i.InvestigationID) THEN 'temp-unknown' END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, i.UpdatedAt AS UpdatedAt FROM Investigations i INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode) AS [t0] WHERE ([t0].[CollectedAt] < @p2 OR [t0].[ObservedAt] < @p3) ORDER BY [t0].[Source], [t0].[ID]
-- @p1 Int, @p2 DateTimeOffset, @p3 DateTime

-- Observation?date (and)
SELECT TOP (@p1) [t0].[Source], [t0].[ID], [t0].[UpdatedAt], [t0].[Status], [t0].[LoincCode], [t0].[SnomedCode], [t0].[Name], [t0].[ProfileKey] FROM (SELECT CAST(1 AS tinyint) AS Source, o.ObservationID AS ID, o.InternalID AS InternalID, o.VisitID AS VisitID, o.ObservationTypeCode AS ProfileKey, t.CategoryCode AS CategoryCode, CAST(NULL AS varchar(4)) AS DisciplineCode, t.LoincCode AS LoincCode, t.SnomedCode AS SnomedCode, t.Name AS Name, o.ObservationStatusCode AS Status, CAST(NULL AS datetimeoffset(0)) AS CollectedAt, o.ObservedAt AS ObservedAt, CAST(NULL AS datetimeoffset(3)) AS ReportedAt, o.RecordedByID AS PractitionerID, CAST(NULL AS int) AS OrganisationID, CAST(o.Value AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, t.Unit AS Unit, t.UcumCode AS UcumCode, o.ValueCode AS ValueCode, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL THEN o.ValueText END AS ValueText, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL AND o.ValueText IS NULL THEN COALESCE(o.AbsentReasonCode, CASE WHEN o.ObservationTypeCode <> 'BP' THEN 'unknown' END) END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, CAST(NULL AS varchar(30)) AS SpecimenSnomed, CAST(NULL AS nvarchar(60)) AS SpecimenName, a.Description AS AnswerName, COALESCE(o.Comment, CASE WHEN o.ValueCode IS NOT NULL THEN o.ValueText END) AS Note, o.UpdatedAt AS UpdatedAt FROM Observations o INNER JOIN ObservationTypes t ON t.ObservationTypeCode = o.ObservationTypeCode LEFT JOIN BodySites s ON s.BodySiteCode = o.BodySiteCode LEFT JOIN ObservationAnswers a ON a.AnswerCode = o.ValueCode UNION ALL SELECT CAST(2 AS tinyint) AS Source, r.ResultID AS ID, r.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, rc.LoincCode AS LoincCode, CAST(NULL AS varchar(18)) AS SnomedCode, rc.Name AS Name, r.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, r.Value AS Amount, r.Comparator AS Comparator, rc.Unit AS Unit, rc.UcumCode AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, CASE WHEN r.Value IS NULL THEN r.ValueText END AS ValueText, CASE WHEN r.Value IS NULL AND r.ValueText IS NULL THEN COALESCE(r.AbsentReasonCode, 'unknown') END AS AbsentReasonCode, r.AbnormalFlagCode AS AbnormalFlagCode, r.ReferenceLow AS ReferenceLow, r.ReferenceHigh AS ReferenceHigh, r.ReferenceText AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, r.UpdatedAt AS UpdatedAt FROM InvestigationResults r INNER JOIN Investigations i ON i.InvestigationID = r.InvestigationID INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode INNER JOIN ResultCodes rc ON rc.ResultCode = r.ResultCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode UNION ALL SELECT CAST(3 AS tinyint) AS Source, i.InvestigationID AS ID, i.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, ic.LoincCode AS LoincCode, ic.SnomedCode AS SnomedCode, ic.Name AS Name, i.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, CAST(NULL AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, CAST(NULL AS nvarchar(20)) AS Unit, CAST(NULL AS varchar(20)) AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, i.Conclusion AS ValueText, CASE WHEN i.Conclusion IS NULL AND NOT EXISTS (SELECT 1 FROM InvestigationResults x WHERE x.InvestigationID = i.InvestigationID) THEN 'temp-unknown' END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, i.UpdatedAt AS UpdatedAt FROM Investigations i INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode) AS [t0] WHERE (([t0].[CollectedAt] >= @p2 OR [t0].[ObservedAt] >= @p3) AND ([t0].[CollectedAt] < @p4 OR [t0].[ObservedAt] < @p5)) ORDER BY [t0].[Source], [t0].[ID]
-- @p1 Int, @p2 DateTimeOffset, @p3 DateTime, @p4 DateTimeOffset, @p5 DateTime

-- Observation?status (code)
-- Observation?status (systemCode)
SELECT TOP (@p1) [t0].[Source], [t0].[ID], [t0].[UpdatedAt], [t0].[Status], [t0].[LoincCode], [t0].[SnomedCode], [t0].[Name], [t0].[ProfileKey] FROM (SELECT CAST(1 AS tinyint) AS Source, o.ObservationID AS ID, o.InternalID AS InternalID, o.VisitID AS VisitID, o.ObservationTypeCode AS ProfileKey, t.CategoryCode AS CategoryCode, CAST(NULL AS varchar(4)) AS DisciplineCode, t.LoincCode AS LoincCode, t.SnomedCode AS SnomedCode, t.Name AS Name, o.ObservationStatusCode AS Status, CAST(NULL AS datetimeoffset(0)) AS CollectedAt, o.ObservedAt AS ObservedAt, CAST(NULL AS datetimeoffset(3)) AS ReportedAt, o.RecordedByID AS PractitionerID, CAST(NULL AS int) AS OrganisationID, CAST(o.Value AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, t.Unit AS Unit, t.UcumCode AS UcumCode, o.ValueCode AS ValueCode, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL THEN o.ValueText END AS ValueText, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL AND o.ValueText IS NULL THEN COALESCE(o.AbsentReasonCode, CASE WHEN o.ObservationTypeCode <> 'BP' THEN 'unknown' END) END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, CAST(NULL AS varchar(30)) AS SpecimenSnomed, CAST(NULL AS nvarchar(60)) AS SpecimenName, a.Description AS AnswerName, COALESCE(o.Comment, CASE WHEN o.ValueCode IS NOT NULL THEN o.ValueText END) AS Note, o.UpdatedAt AS UpdatedAt FROM Observations o INNER JOIN ObservationTypes t ON t.ObservationTypeCode = o.ObservationTypeCode LEFT JOIN BodySites s ON s.BodySiteCode = o.BodySiteCode LEFT JOIN ObservationAnswers a ON a.AnswerCode = o.ValueCode UNION ALL SELECT CAST(2 AS tinyint) AS Source, r.ResultID AS ID, r.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, rc.LoincCode AS LoincCode, CAST(NULL AS varchar(18)) AS SnomedCode, rc.Name AS Name, r.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, r.Value AS Amount, r.Comparator AS Comparator, rc.Unit AS Unit, rc.UcumCode AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, CASE WHEN r.Value IS NULL THEN r.ValueText END AS ValueText, CASE WHEN r.Value IS NULL AND r.ValueText IS NULL THEN COALESCE(r.AbsentReasonCode, 'unknown') END AS AbsentReasonCode, r.AbnormalFlagCode AS AbnormalFlagCode, r.ReferenceLow AS ReferenceLow, r.ReferenceHigh AS ReferenceHigh, r.ReferenceText AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, r.UpdatedAt AS UpdatedAt FROM InvestigationResults r INNER JOIN Investigations i ON i.InvestigationID = r.InvestigationID INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode INNER JOIN ResultCodes rc ON rc.ResultCode = r.ResultCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode UNION ALL SELECT CAST(3 AS tinyint) AS Source, i.InvestigationID AS ID, i.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, ic.LoincCode AS LoincCode, ic.SnomedCode AS SnomedCode, ic.Name AS Name, i.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, CAST(NULL AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, CAST(NULL AS nvarchar(20)) AS Unit, CAST(NULL AS varchar(20)) AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, i.Conclusion AS ValueText, CASE WHEN i.Conclusion IS NULL AND NOT EXISTS (SELECT 1 FROM InvestigationResults x WHERE x.InvestigationID = i.InvestigationID) THEN 'temp-unknown' END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, i.UpdatedAt AS UpdatedAt FROM Investigations i INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode) AS [t0] WHERE [t0].[Status] = @p2 ORDER BY [t0].[Source], [t0].[ID]
-- @p1 Int, @p2 VarChar

-- Observation?status (or)
SELECT TOP (@p1) [t0].[Source], [t0].[ID], [t0].[UpdatedAt], [t0].[Status], [t0].[LoincCode], [t0].[SnomedCode], [t0].[Name], [t0].[ProfileKey] FROM (SELECT CAST(1 AS tinyint) AS Source, o.ObservationID AS ID, o.InternalID AS InternalID, o.VisitID AS VisitID, o.ObservationTypeCode AS ProfileKey, t.CategoryCode AS CategoryCode, CAST(NULL AS varchar(4)) AS DisciplineCode, t.LoincCode AS LoincCode, t.SnomedCode AS SnomedCode, t.Name AS Name, o.ObservationStatusCode AS Status, CAST(NULL AS datetimeoffset(0)) AS CollectedAt, o.ObservedAt AS ObservedAt, CAST(NULL AS datetimeoffset(3)) AS ReportedAt, o.RecordedByID AS PractitionerID, CAST(NULL AS int) AS OrganisationID, CAST(o.Value AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, t.Unit AS Unit, t.UcumCode AS UcumCode, o.ValueCode AS ValueCode, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL THEN o.ValueText END AS ValueText, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL AND o.ValueText IS NULL THEN COALESCE(o.AbsentReasonCode, CASE WHEN o.ObservationTypeCode <> 'BP' THEN 'unknown' END) END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, CAST(NULL AS varchar(30)) AS SpecimenSnomed, CAST(NULL AS nvarchar(60)) AS SpecimenName, a.Description AS AnswerName, COALESCE(o.Comment, CASE WHEN o.ValueCode IS NOT NULL THEN o.ValueText END) AS Note, o.UpdatedAt AS UpdatedAt FROM Observations o INNER JOIN ObservationTypes t ON t.ObservationTypeCode = o.ObservationTypeCode LEFT JOIN BodySites s ON s.BodySiteCode = o.BodySiteCode LEFT JOIN ObservationAnswers a ON a.AnswerCode = o.ValueCode UNION ALL SELECT CAST(2 AS tinyint) AS Source, r.ResultID AS ID, r.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, rc.LoincCode AS LoincCode, CAST(NULL AS varchar(18)) AS SnomedCode, rc.Name AS Name, r.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, r.Value AS Amount, r.Comparator AS Comparator, rc.Unit AS Unit, rc.UcumCode AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, CASE WHEN r.Value IS NULL THEN r.ValueText END AS ValueText, CASE WHEN r.Value IS NULL AND r.ValueText IS NULL THEN COALESCE(r.AbsentReasonCode, 'unknown') END AS AbsentReasonCode, r.AbnormalFlagCode AS AbnormalFlagCode, r.ReferenceLow AS ReferenceLow, r.ReferenceHigh AS ReferenceHigh, r.ReferenceText AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, r.UpdatedAt AS UpdatedAt FROM InvestigationResults r INNER JOIN Investigations i ON i.InvestigationID = r.InvestigationID INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode INNER JOIN ResultCodes rc ON rc.ResultCode = r.ResultCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode UNION ALL SELECT CAST(3 AS tinyint) AS Source, i.InvestigationID AS ID, i.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, ic.LoincCode AS LoincCode, ic.SnomedCode AS SnomedCode, ic.Name AS Name, i.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, CAST(NULL AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, CAST(NULL AS nvarchar(20)) AS Unit, CAST(NULL AS varchar(20)) AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, i.Conclusion AS ValueText, CASE WHEN i.Conclusion IS NULL AND NOT EXISTS (SELECT 1 FROM InvestigationResults x WHERE x.InvestigationID = i.InvestigationID) THEN 'temp-unknown' END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, i.UpdatedAt AS UpdatedAt FROM Investigations i INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode) AS [t0] WHERE [t0].[Status] IN (@p2, @p3) ORDER BY [t0].[Source], [t0].[ID]
-- @p1 Int, @p2 VarChar, @p3 VarChar

-- Observation?patient (bare)
-- Observation?patient (typed)
-- Observation?patient (absolute)
-- Observation?subject (bare)
-- Observation?subject (typed)
-- Observation?subject (absolute)
SELECT TOP (@p1) [t0].[Source], [t0].[ID], [t0].[UpdatedAt], [t0].[Status], [t0].[LoincCode], [t0].[SnomedCode], [t0].[Name], [t0].[ProfileKey] FROM (SELECT CAST(1 AS tinyint) AS Source, o.ObservationID AS ID, o.InternalID AS InternalID, o.VisitID AS VisitID, o.ObservationTypeCode AS ProfileKey, t.CategoryCode AS CategoryCode, CAST(NULL AS varchar(4)) AS DisciplineCode, t.LoincCode AS LoincCode, t.SnomedCode AS SnomedCode, t.Name AS Name, o.ObservationStatusCode AS Status, CAST(NULL AS datetimeoffset(0)) AS CollectedAt, o.ObservedAt AS ObservedAt, CAST(NULL AS datetimeoffset(3)) AS ReportedAt, o.RecordedByID AS PractitionerID, CAST(NULL AS int) AS OrganisationID, CAST(o.Value AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, t.Unit AS Unit, t.UcumCode AS UcumCode, o.ValueCode AS ValueCode, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL THEN o.ValueText END AS ValueText, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL AND o.ValueText IS NULL THEN COALESCE(o.AbsentReasonCode, CASE WHEN o.ObservationTypeCode <> 'BP' THEN 'unknown' END) END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, CAST(NULL AS varchar(30)) AS SpecimenSnomed, CAST(NULL AS nvarchar(60)) AS SpecimenName, a.Description AS AnswerName, COALESCE(o.Comment, CASE WHEN o.ValueCode IS NOT NULL THEN o.ValueText END) AS Note, o.UpdatedAt AS UpdatedAt FROM Observations o INNER JOIN ObservationTypes t ON t.ObservationTypeCode = o.ObservationTypeCode LEFT JOIN BodySites s ON s.BodySiteCode = o.BodySiteCode LEFT JOIN ObservationAnswers a ON a.AnswerCode = o.ValueCode UNION ALL SELECT CAST(2 AS tinyint) AS Source, r.ResultID AS ID, r.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, rc.LoincCode AS LoincCode, CAST(NULL AS varchar(18)) AS SnomedCode, rc.Name AS Name, r.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, r.Value AS Amount, r.Comparator AS Comparator, rc.Unit AS Unit, rc.UcumCode AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, CASE WHEN r.Value IS NULL THEN r.ValueText END AS ValueText, CASE WHEN r.Value IS NULL AND r.ValueText IS NULL THEN COALESCE(r.AbsentReasonCode, 'unknown') END AS AbsentReasonCode, r.AbnormalFlagCode AS AbnormalFlagCode, r.ReferenceLow AS ReferenceLow, r.ReferenceHigh AS ReferenceHigh, r.ReferenceText AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, r.UpdatedAt AS UpdatedAt FROM InvestigationResults r INNER JOIN Investigations i ON i.InvestigationID = r.InvestigationID INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode INNER JOIN ResultCodes rc ON rc.ResultCode = r.ResultCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode UNION ALL SELECT CAST(3 AS tinyint) AS Source, i.InvestigationID AS ID, i.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, ic.LoincCode AS LoincCode, ic.SnomedCode AS SnomedCode, ic.Name AS Name, i.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, CAST(NULL AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, CAST(NULL AS nvarchar(20)) AS Unit, CAST(NULL AS varchar(20)) AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, i.Conclusion AS ValueText, CASE WHEN i.Conclusion IS NULL AND NOT EXISTS (SELECT 1 FROM InvestigationResults x WHERE x.InvestigationID = i.InvestigationID) THEN 'temp-unknown' END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, i.UpdatedAt AS UpdatedAt FROM Investigations i INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode) AS [t0] WHERE [t0].[InternalID] = @p2 ORDER BY [t0].[Source], [t0].[ID]
-- @p1 Int, @p2 Int

-- Observation?patient (or)
-- Observation?subject (or)
SELECT TOP (@p1) [t0].[Source], [t0].[ID], [t0].[UpdatedAt], [t0].[Status], [t0].[LoincCode], [t0].[SnomedCode], [t0].[Name], [t0].[ProfileKey] FROM (SELECT CAST(1 AS tinyint) AS Source, o.ObservationID AS ID, o.InternalID AS InternalID, o.VisitID AS VisitID, o.ObservationTypeCode AS ProfileKey, t.CategoryCode AS CategoryCode, CAST(NULL AS varchar(4)) AS DisciplineCode, t.LoincCode AS LoincCode, t.SnomedCode AS SnomedCode, t.Name AS Name, o.ObservationStatusCode AS Status, CAST(NULL AS datetimeoffset(0)) AS CollectedAt, o.ObservedAt AS ObservedAt, CAST(NULL AS datetimeoffset(3)) AS ReportedAt, o.RecordedByID AS PractitionerID, CAST(NULL AS int) AS OrganisationID, CAST(o.Value AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, t.Unit AS Unit, t.UcumCode AS UcumCode, o.ValueCode AS ValueCode, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL THEN o.ValueText END AS ValueText, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL AND o.ValueText IS NULL THEN COALESCE(o.AbsentReasonCode, CASE WHEN o.ObservationTypeCode <> 'BP' THEN 'unknown' END) END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, CAST(NULL AS varchar(30)) AS SpecimenSnomed, CAST(NULL AS nvarchar(60)) AS SpecimenName, a.Description AS AnswerName, COALESCE(o.Comment, CASE WHEN o.ValueCode IS NOT NULL THEN o.ValueText END) AS Note, o.UpdatedAt AS UpdatedAt FROM Observations o INNER JOIN ObservationTypes t ON t.ObservationTypeCode = o.ObservationTypeCode LEFT JOIN BodySites s ON s.BodySiteCode = o.BodySiteCode LEFT JOIN ObservationAnswers a ON a.AnswerCode = o.ValueCode UNION ALL SELECT CAST(2 AS tinyint) AS Source, r.ResultID AS ID, r.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, rc.LoincCode AS LoincCode, CAST(NULL AS varchar(18)) AS SnomedCode, rc.Name AS Name, r.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, r.Value AS Amount, r.Comparator AS Comparator, rc.Unit AS Unit, rc.UcumCode AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, CASE WHEN r.Value IS NULL THEN r.ValueText END AS ValueText, CASE WHEN r.Value IS NULL AND r.ValueText IS NULL THEN COALESCE(r.AbsentReasonCode, 'unknown') END AS AbsentReasonCode, r.AbnormalFlagCode AS AbnormalFlagCode, r.ReferenceLow AS ReferenceLow, r.ReferenceHigh AS ReferenceHigh, r.ReferenceText AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, r.UpdatedAt AS UpdatedAt FROM InvestigationResults r INNER JOIN Investigations i ON i.InvestigationID = r.InvestigationID INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode INNER JOIN ResultCodes rc ON rc.ResultCode = r.ResultCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode UNION ALL SELECT CAST(3 AS tinyint) AS Source, i.InvestigationID AS ID, i.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, ic.LoincCode AS LoincCode, ic.SnomedCode AS SnomedCode, ic.Name AS Name, i.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, CAST(NULL AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, CAST(NULL AS nvarchar(20)) AS Unit, CAST(NULL AS varchar(20)) AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, i.Conclusion AS ValueText, CASE WHEN i.Conclusion IS NULL AND NOT EXISTS (SELECT 1 FROM InvestigationResults x WHERE x.InvestigationID = i.InvestigationID) THEN 'temp-unknown' END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, i.UpdatedAt AS UpdatedAt FROM Investigations i INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode) AS [t0] WHERE [t0].[InternalID] IN (@p2, @p3) ORDER BY [t0].[Source], [t0].[ID]
-- @p1 Int, @p2 Int, @p3 Int

-- Observation?component-code (code)
SELECT TOP (@p1) [t0].[Source], [t0].[ID], [t0].[UpdatedAt], [t0].[Status], [t0].[LoincCode], [t0].[SnomedCode], [t0].[Name], [t0].[ProfileKey] FROM (SELECT CAST(1 AS tinyint) AS Source, o.ObservationID AS ID, o.InternalID AS InternalID, o.VisitID AS VisitID, o.ObservationTypeCode AS ProfileKey, t.CategoryCode AS CategoryCode, CAST(NULL AS varchar(4)) AS DisciplineCode, t.LoincCode AS LoincCode, t.SnomedCode AS SnomedCode, t.Name AS Name, o.ObservationStatusCode AS Status, CAST(NULL AS datetimeoffset(0)) AS CollectedAt, o.ObservedAt AS ObservedAt, CAST(NULL AS datetimeoffset(3)) AS ReportedAt, o.RecordedByID AS PractitionerID, CAST(NULL AS int) AS OrganisationID, CAST(o.Value AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, t.Unit AS Unit, t.UcumCode AS UcumCode, o.ValueCode AS ValueCode, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL THEN o.ValueText END AS ValueText, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL AND o.ValueText IS NULL THEN COALESCE(o.AbsentReasonCode, CASE WHEN o.ObservationTypeCode <> 'BP' THEN 'unknown' END) END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, CAST(NULL AS varchar(30)) AS SpecimenSnomed, CAST(NULL AS nvarchar(60)) AS SpecimenName, a.Description AS AnswerName, COALESCE(o.Comment, CASE WHEN o.ValueCode IS NOT NULL THEN o.ValueText END) AS Note, o.UpdatedAt AS UpdatedAt FROM Observations o INNER JOIN ObservationTypes t ON t.ObservationTypeCode = o.ObservationTypeCode LEFT JOIN BodySites s ON s.BodySiteCode = o.BodySiteCode LEFT JOIN ObservationAnswers a ON a.AnswerCode = o.ValueCode UNION ALL SELECT CAST(2 AS tinyint) AS Source, r.ResultID AS ID, r.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, rc.LoincCode AS LoincCode, CAST(NULL AS varchar(18)) AS SnomedCode, rc.Name AS Name, r.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, r.Value AS Amount, r.Comparator AS Comparator, rc.Unit AS Unit, rc.UcumCode AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, CASE WHEN r.Value IS NULL THEN r.ValueText END AS ValueText, CASE WHEN r.Value IS NULL AND r.ValueText IS NULL THEN COALESCE(r.AbsentReasonCode, 'unknown') END AS AbsentReasonCode, r.AbnormalFlagCode AS AbnormalFlagCode, r.ReferenceLow AS ReferenceLow, r.ReferenceHigh AS ReferenceHigh, r.ReferenceText AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, r.UpdatedAt AS UpdatedAt FROM InvestigationResults r INNER JOIN Investigations i ON i.InvestigationID = r.InvestigationID INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode INNER JOIN ResultCodes rc ON rc.ResultCode = r.ResultCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode UNION ALL SELECT CAST(3 AS tinyint) AS Source, i.InvestigationID AS ID, i.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, ic.LoincCode AS LoincCode, ic.SnomedCode AS SnomedCode, ic.Name AS Name, i.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, CAST(NULL AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, CAST(NULL AS nvarchar(20)) AS Unit, CAST(NULL AS varchar(20)) AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, i.Conclusion AS ValueText, CASE WHEN i.Conclusion IS NULL AND NOT EXISTS (SELECT 1 FROM InvestigationResults x WHERE x.InvestigationID = i.InvestigationID) THEN 'temp-unknown' END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, i.UpdatedAt AS UpdatedAt FROM Investigations i INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode) AS [t0] WHERE (EXISTS (SELECT 1 FROM (SELECT CAST(1 AS tinyint) AS Source, c.ObservationID AS ID, c.ComponentID AS ComponentID, t.LoincCode AS LoincCode, t.SnomedCode AS SnomedCode, t.Name AS Name, c.Value AS Amount, t.Unit AS Unit, t.UcumCode AS UcumCode, CASE WHEN c.Value IS NULL THEN COALESCE(c.AbsentReasonCode, 'unknown') END AS AbsentReasonCode FROM ObservationComponents c INNER JOIN ObservationTypes t ON t.ObservationTypeCode = c.ObservationTypeCode) AS [t1] WHERE ([t1].[Source] = [t0].[Source] AND [t1].[ID] = [t0].[ID] AND [t1].[LoincCode] = @p2)) OR EXISTS (SELECT 1 FROM (SELECT CAST(1 AS tinyint) AS Source, c.ObservationID AS ID, c.ComponentID AS ComponentID, t.LoincCode AS LoincCode, t.SnomedCode AS SnomedCode, t.Name AS Name, c.Value AS Amount, t.Unit AS Unit, t.UcumCode AS UcumCode, CASE WHEN c.Value IS NULL THEN COALESCE(c.AbsentReasonCode, 'unknown') END AS AbsentReasonCode FROM ObservationComponents c INNER JOIN ObservationTypes t ON t.ObservationTypeCode = c.ObservationTypeCode) AS [t2] WHERE ([t2].[Source] = [t0].[Source] AND [t2].[ID] = [t0].[ID] AND [t2].[SnomedCode] = @p3))) ORDER BY [t0].[Source], [t0].[ID]
-- @p1 Int, @p2 VarChar, @p3 VarChar

-- Observation?component-code (systemCode)
SELECT TOP (@p1) [t0].[Source], [t0].[ID], [t0].[UpdatedAt], [t0].[Status], [t0].[LoincCode], [t0].[SnomedCode], [t0].[Name], [t0].[ProfileKey] FROM (SELECT CAST(1 AS tinyint) AS Source, o.ObservationID AS ID, o.InternalID AS InternalID, o.VisitID AS VisitID, o.ObservationTypeCode AS ProfileKey, t.CategoryCode AS CategoryCode, CAST(NULL AS varchar(4)) AS DisciplineCode, t.LoincCode AS LoincCode, t.SnomedCode AS SnomedCode, t.Name AS Name, o.ObservationStatusCode AS Status, CAST(NULL AS datetimeoffset(0)) AS CollectedAt, o.ObservedAt AS ObservedAt, CAST(NULL AS datetimeoffset(3)) AS ReportedAt, o.RecordedByID AS PractitionerID, CAST(NULL AS int) AS OrganisationID, CAST(o.Value AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, t.Unit AS Unit, t.UcumCode AS UcumCode, o.ValueCode AS ValueCode, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL THEN o.ValueText END AS ValueText, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL AND o.ValueText IS NULL THEN COALESCE(o.AbsentReasonCode, CASE WHEN o.ObservationTypeCode <> 'BP' THEN 'unknown' END) END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, CAST(NULL AS varchar(30)) AS SpecimenSnomed, CAST(NULL AS nvarchar(60)) AS SpecimenName, a.Description AS AnswerName, COALESCE(o.Comment, CASE WHEN o.ValueCode IS NOT NULL THEN o.ValueText END) AS Note, o.UpdatedAt AS UpdatedAt FROM Observations o INNER JOIN ObservationTypes t ON t.ObservationTypeCode = o.ObservationTypeCode LEFT JOIN BodySites s ON s.BodySiteCode = o.BodySiteCode LEFT JOIN ObservationAnswers a ON a.AnswerCode = o.ValueCode UNION ALL SELECT CAST(2 AS tinyint) AS Source, r.ResultID AS ID, r.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, rc.LoincCode AS LoincCode, CAST(NULL AS varchar(18)) AS SnomedCode, rc.Name AS Name, r.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, r.Value AS Amount, r.Comparator AS Comparator, rc.Unit AS Unit, rc.UcumCode AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, CASE WHEN r.Value IS NULL THEN r.ValueText END AS ValueText, CASE WHEN r.Value IS NULL AND r.ValueText IS NULL THEN COALESCE(r.AbsentReasonCode, 'unknown') END AS AbsentReasonCode, r.AbnormalFlagCode AS AbnormalFlagCode, r.ReferenceLow AS ReferenceLow, r.ReferenceHigh AS ReferenceHigh, r.ReferenceText AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, r.UpdatedAt AS UpdatedAt FROM InvestigationResults r INNER JOIN Investigations i ON i.InvestigationID = r.InvestigationID INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode INNER JOIN ResultCodes rc ON rc.ResultCode = r.ResultCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode UNION ALL SELECT CAST(3 AS tinyint) AS Source, i.InvestigationID AS ID, i.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, ic.LoincCode AS LoincCode, ic.SnomedCode AS SnomedCode, ic.Name AS Name, i.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, CAST(NULL AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, CAST(NULL AS nvarchar(20)) AS Unit, CAST(NULL AS varchar(20)) AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, i.Conclusion AS ValueText, CASE WHEN i.Conclusion IS NULL AND NOT EXISTS (SELECT 1 FROM InvestigationResults x WHERE x.InvestigationID = i.InvestigationID) THEN 'temp-unknown' END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, i.UpdatedAt AS UpdatedAt FROM Investigations i INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode) AS [t0] WHERE EXISTS (SELECT 1 FROM (SELECT CAST(1 AS tinyint) AS Source, c.ObservationID AS ID, c.ComponentID AS ComponentID, t.LoincCode AS LoincCode, t.SnomedCode AS SnomedCode, t.Name AS Name, c.Value AS Amount, t.Unit AS Unit, t.UcumCode AS UcumCode, CASE WHEN c.Value IS NULL THEN COALESCE(c.AbsentReasonCode, 'unknown') END AS AbsentReasonCode FROM ObservationComponents c INNER JOIN ObservationTypes t ON t.ObservationTypeCode = c.ObservationTypeCode) AS [t1] WHERE ([t1].[Source] = [t0].[Source] AND [t1].[ID] = [t0].[ID] AND [t1].[LoincCode] = @p2)) ORDER BY [t0].[Source], [t0].[ID]
-- @p1 Int, @p2 VarChar

-- Observation?component-code (or)
SELECT TOP (@p1) [t0].[Source], [t0].[ID], [t0].[UpdatedAt], [t0].[Status], [t0].[LoincCode], [t0].[SnomedCode], [t0].[Name], [t0].[ProfileKey] FROM (SELECT CAST(1 AS tinyint) AS Source, o.ObservationID AS ID, o.InternalID AS InternalID, o.VisitID AS VisitID, o.ObservationTypeCode AS ProfileKey, t.CategoryCode AS CategoryCode, CAST(NULL AS varchar(4)) AS DisciplineCode, t.LoincCode AS LoincCode, t.SnomedCode AS SnomedCode, t.Name AS Name, o.ObservationStatusCode AS Status, CAST(NULL AS datetimeoffset(0)) AS CollectedAt, o.ObservedAt AS ObservedAt, CAST(NULL AS datetimeoffset(3)) AS ReportedAt, o.RecordedByID AS PractitionerID, CAST(NULL AS int) AS OrganisationID, CAST(o.Value AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, t.Unit AS Unit, t.UcumCode AS UcumCode, o.ValueCode AS ValueCode, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL THEN o.ValueText END AS ValueText, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL AND o.ValueText IS NULL THEN COALESCE(o.AbsentReasonCode, CASE WHEN o.ObservationTypeCode <> 'BP' THEN 'unknown' END) END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, CAST(NULL AS varchar(30)) AS SpecimenSnomed, CAST(NULL AS nvarchar(60)) AS SpecimenName, a.Description AS AnswerName, COALESCE(o.Comment, CASE WHEN o.ValueCode IS NOT NULL THEN o.ValueText END) AS Note, o.UpdatedAt AS UpdatedAt FROM Observations o INNER JOIN ObservationTypes t ON t.ObservationTypeCode = o.ObservationTypeCode LEFT JOIN BodySites s ON s.BodySiteCode = o.BodySiteCode LEFT JOIN ObservationAnswers a ON a.AnswerCode = o.ValueCode UNION ALL SELECT CAST(2 AS tinyint) AS Source, r.ResultID AS ID, r.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, rc.LoincCode AS LoincCode, CAST(NULL AS varchar(18)) AS SnomedCode, rc.Name AS Name, r.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, r.Value AS Amount, r.Comparator AS Comparator, rc.Unit AS Unit, rc.UcumCode AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, CASE WHEN r.Value IS NULL THEN r.ValueText END AS ValueText, CASE WHEN r.Value IS NULL AND r.ValueText IS NULL THEN COALESCE(r.AbsentReasonCode, 'unknown') END AS AbsentReasonCode, r.AbnormalFlagCode AS AbnormalFlagCode, r.ReferenceLow AS ReferenceLow, r.ReferenceHigh AS ReferenceHigh, r.ReferenceText AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, r.UpdatedAt AS UpdatedAt FROM InvestigationResults r INNER JOIN Investigations i ON i.InvestigationID = r.InvestigationID INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode INNER JOIN ResultCodes rc ON rc.ResultCode = r.ResultCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode UNION ALL SELECT CAST(3 AS tinyint) AS Source, i.InvestigationID AS ID, i.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, ic.LoincCode AS LoincCode, ic.SnomedCode AS SnomedCode, ic.Name AS Name, i.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, CAST(NULL AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, CAST(NULL AS nvarchar(20)) AS Unit, CAST(NULL AS varchar(20)) AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, i.Conclusion AS ValueText, CASE WHEN i.Conclusion IS NULL AND NOT EXISTS (SELECT 1 FROM InvestigationResults x WHERE x.InvestigationID = i.InvestigationID) THEN 'temp-unknown' END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, i.UpdatedAt AS UpdatedAt FROM Investigations i INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode) AS [t0] WHERE (EXISTS (SELECT 1 FROM (SELECT CAST(1 AS tinyint) AS Source, c.ObservationID AS ID, c.ComponentID AS ComponentID, t.LoincCode AS LoincCode, t.SnomedCode AS SnomedCode, t.Name AS Name, c.Value AS Amount, t.Unit AS Unit, t.UcumCode AS UcumCode, CASE WHEN c.Value IS NULL THEN COALESCE(c.AbsentReasonCode, 'unknown') END AS AbsentReasonCode FROM ObservationComponents c INNER JOIN ObservationTypes t ON t.ObservationTypeCode = c.ObservationTypeCode) AS [t1] WHERE ([t1].[Source] = [t0].[Source] AND [t1].[ID] = [t0].[ID] AND [t1].[LoincCode] IN (@p2, @p3))) OR EXISTS (SELECT 1 FROM (SELECT CAST(1 AS tinyint) AS Source, c.ObservationID AS ID, c.ComponentID AS ComponentID, t.LoincCode AS LoincCode, t.SnomedCode AS SnomedCode, t.Name AS Name, c.Value AS Amount, t.Unit AS Unit, t.UcumCode AS UcumCode, CASE WHEN c.Value IS NULL THEN COALESCE(c.AbsentReasonCode, 'unknown') END AS AbsentReasonCode FROM ObservationComponents c INNER JOIN ObservationTypes t ON t.ObservationTypeCode = c.ObservationTypeCode) AS [t2] WHERE ([t2].[Source] = [t0].[Source] AND [t2].[ID] = [t0].[ID] AND [t2].[SnomedCode] IN (@p4, @p5)))) ORDER BY [t0].[Source], [t0].[ID]
-- @p1 Int, @p2 VarChar, @p3 VarChar, @p4 VarChar, @p5 VarChar

-- Observation?combo-code (code)
SELECT TOP (@p1) [t0].[Source], [t0].[ID], [t0].[UpdatedAt], [t0].[Status], [t0].[LoincCode], [t0].[SnomedCode], [t0].[Name], [t0].[ProfileKey] FROM (SELECT CAST(1 AS tinyint) AS Source, o.ObservationID AS ID, o.InternalID AS InternalID, o.VisitID AS VisitID, o.ObservationTypeCode AS ProfileKey, t.CategoryCode AS CategoryCode, CAST(NULL AS varchar(4)) AS DisciplineCode, t.LoincCode AS LoincCode, t.SnomedCode AS SnomedCode, t.Name AS Name, o.ObservationStatusCode AS Status, CAST(NULL AS datetimeoffset(0)) AS CollectedAt, o.ObservedAt AS ObservedAt, CAST(NULL AS datetimeoffset(3)) AS ReportedAt, o.RecordedByID AS PractitionerID, CAST(NULL AS int) AS OrganisationID, CAST(o.Value AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, t.Unit AS Unit, t.UcumCode AS UcumCode, o.ValueCode AS ValueCode, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL THEN o.ValueText END AS ValueText, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL AND o.ValueText IS NULL THEN COALESCE(o.AbsentReasonCode, CASE WHEN o.ObservationTypeCode <> 'BP' THEN 'unknown' END) END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, CAST(NULL AS varchar(30)) AS SpecimenSnomed, CAST(NULL AS nvarchar(60)) AS SpecimenName, a.Description AS AnswerName, COALESCE(o.Comment, CASE WHEN o.ValueCode IS NOT NULL THEN o.ValueText END) AS Note, o.UpdatedAt AS UpdatedAt FROM Observations o INNER JOIN ObservationTypes t ON t.ObservationTypeCode = o.ObservationTypeCode LEFT JOIN BodySites s ON s.BodySiteCode = o.BodySiteCode LEFT JOIN ObservationAnswers a ON a.AnswerCode = o.ValueCode UNION ALL SELECT CAST(2 AS tinyint) AS Source, r.ResultID AS ID, r.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, rc.LoincCode AS LoincCode, CAST(NULL AS varchar(18)) AS SnomedCode, rc.Name AS Name, r.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, r.Value AS Amount, r.Comparator AS Comparator, rc.Unit AS Unit, rc.UcumCode AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, CASE WHEN r.Value IS NULL THEN r.ValueText END AS ValueText, CASE WHEN r.Value IS NULL AND r.ValueText IS NULL THEN COALESCE(r.AbsentReasonCode, 'unknown') END AS AbsentReasonCode, r.AbnormalFlagCode AS AbnormalFlagCode, r.ReferenceLow AS ReferenceLow, r.ReferenceHigh AS ReferenceHigh, r.ReferenceText AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, r.UpdatedAt AS UpdatedAt FROM InvestigationResults r INNER JOIN Investigations i ON i.InvestigationID = r.InvestigationID INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode INNER JOIN ResultCodes rc ON rc.ResultCode = r.ResultCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode UNION ALL SELECT CAST(3 AS tinyint) AS Source, i.InvestigationID AS ID, i.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, ic.LoincCode AS LoincCode, ic.SnomedCode AS SnomedCode, ic.Name AS Name, i.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, CAST(NULL AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, CAST(NULL AS nvarchar(20)) AS Unit, CAST(NULL AS varchar(20)) AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, i.Conclusion AS ValueText, CASE WHEN i.Conclusion IS NULL AND NOT EXISTS (SELECT 1 FROM InvestigationResults x WHERE x.InvestigationID = i.InvestigationID) THEN 'temp-unknown' END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, i.UpdatedAt AS UpdatedAt FROM Investigations i INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode) AS [t0] WHERE ([t0].[LoincCode] = @p2 OR [t0].[SnomedCode] = @p3 OR EXISTS (SELECT 1 FROM (SELECT CAST(1 AS tinyint) AS Source, c.ObservationID AS ID, c.ComponentID AS ComponentID, t.LoincCode AS LoincCode, t.SnomedCode AS SnomedCode, t.Name AS Name, c.Value AS Amount, t.Unit AS Unit, t.UcumCode AS UcumCode, CASE WHEN c.Value IS NULL THEN COALESCE(c.AbsentReasonCode, 'unknown') END AS AbsentReasonCode FROM ObservationComponents c INNER JOIN ObservationTypes t ON t.ObservationTypeCode = c.ObservationTypeCode) AS [t1] WHERE ([t1].[Source] = [t0].[Source] AND [t1].[ID] = [t0].[ID] AND [t1].[LoincCode] = @p4)) OR EXISTS (SELECT 1 FROM (SELECT CAST(1 AS tinyint) AS Source, c.ObservationID AS ID, c.ComponentID AS ComponentID, t.LoincCode AS LoincCode, t.SnomedCode AS SnomedCode, t.Name AS Name, c.Value AS Amount, t.Unit AS Unit, t.UcumCode AS UcumCode, CASE WHEN c.Value IS NULL THEN COALESCE(c.AbsentReasonCode, 'unknown') END AS AbsentReasonCode FROM ObservationComponents c INNER JOIN ObservationTypes t ON t.ObservationTypeCode = c.ObservationTypeCode) AS [t2] WHERE ([t2].[Source] = [t0].[Source] AND [t2].[ID] = [t0].[ID] AND [t2].[SnomedCode] = @p5))) ORDER BY [t0].[Source], [t0].[ID]
-- @p1 Int, @p2 VarChar, @p3 VarChar, @p4 VarChar, @p5 VarChar

-- Observation?combo-code (systemCode)
SELECT TOP (@p1) [t0].[Source], [t0].[ID], [t0].[UpdatedAt], [t0].[Status], [t0].[LoincCode], [t0].[SnomedCode], [t0].[Name], [t0].[ProfileKey] FROM (SELECT CAST(1 AS tinyint) AS Source, o.ObservationID AS ID, o.InternalID AS InternalID, o.VisitID AS VisitID, o.ObservationTypeCode AS ProfileKey, t.CategoryCode AS CategoryCode, CAST(NULL AS varchar(4)) AS DisciplineCode, t.LoincCode AS LoincCode, t.SnomedCode AS SnomedCode, t.Name AS Name, o.ObservationStatusCode AS Status, CAST(NULL AS datetimeoffset(0)) AS CollectedAt, o.ObservedAt AS ObservedAt, CAST(NULL AS datetimeoffset(3)) AS ReportedAt, o.RecordedByID AS PractitionerID, CAST(NULL AS int) AS OrganisationID, CAST(o.Value AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, t.Unit AS Unit, t.UcumCode AS UcumCode, o.ValueCode AS ValueCode, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL THEN o.ValueText END AS ValueText, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL AND o.ValueText IS NULL THEN COALESCE(o.AbsentReasonCode, CASE WHEN o.ObservationTypeCode <> 'BP' THEN 'unknown' END) END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, CAST(NULL AS varchar(30)) AS SpecimenSnomed, CAST(NULL AS nvarchar(60)) AS SpecimenName, a.Description AS AnswerName, COALESCE(o.Comment, CASE WHEN o.ValueCode IS NOT NULL THEN o.ValueText END) AS Note, o.UpdatedAt AS UpdatedAt FROM Observations o INNER JOIN ObservationTypes t ON t.ObservationTypeCode = o.ObservationTypeCode LEFT JOIN BodySites s ON s.BodySiteCode = o.BodySiteCode LEFT JOIN ObservationAnswers a ON a.AnswerCode = o.ValueCode UNION ALL SELECT CAST(2 AS tinyint) AS Source, r.ResultID AS ID, r.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, rc.LoincCode AS LoincCode, CAST(NULL AS varchar(18)) AS SnomedCode, rc.Name AS Name, r.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, r.Value AS Amount, r.Comparator AS Comparator, rc.Unit AS Unit, rc.UcumCode AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, CASE WHEN r.Value IS NULL THEN r.ValueText END AS ValueText, CASE WHEN r.Value IS NULL AND r.ValueText IS NULL THEN COALESCE(r.AbsentReasonCode, 'unknown') END AS AbsentReasonCode, r.AbnormalFlagCode AS AbnormalFlagCode, r.ReferenceLow AS ReferenceLow, r.ReferenceHigh AS ReferenceHigh, r.ReferenceText AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, r.UpdatedAt AS UpdatedAt FROM InvestigationResults r INNER JOIN Investigations i ON i.InvestigationID = r.InvestigationID INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode INNER JOIN ResultCodes rc ON rc.ResultCode = r.ResultCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode UNION ALL SELECT CAST(3 AS tinyint) AS Source, i.InvestigationID AS ID, i.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, ic.LoincCode AS LoincCode, ic.SnomedCode AS SnomedCode, ic.Name AS Name, i.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, CAST(NULL AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, CAST(NULL AS nvarchar(20)) AS Unit, CAST(NULL AS varchar(20)) AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, i.Conclusion AS ValueText, CASE WHEN i.Conclusion IS NULL AND NOT EXISTS (SELECT 1 FROM InvestigationResults x WHERE x.InvestigationID = i.InvestigationID) THEN 'temp-unknown' END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, i.UpdatedAt AS UpdatedAt FROM Investigations i INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode) AS [t0] WHERE ([t0].[LoincCode] = @p2 OR EXISTS (SELECT 1 FROM (SELECT CAST(1 AS tinyint) AS Source, c.ObservationID AS ID, c.ComponentID AS ComponentID, t.LoincCode AS LoincCode, t.SnomedCode AS SnomedCode, t.Name AS Name, c.Value AS Amount, t.Unit AS Unit, t.UcumCode AS UcumCode, CASE WHEN c.Value IS NULL THEN COALESCE(c.AbsentReasonCode, 'unknown') END AS AbsentReasonCode FROM ObservationComponents c INNER JOIN ObservationTypes t ON t.ObservationTypeCode = c.ObservationTypeCode) AS [t1] WHERE ([t1].[Source] = [t0].[Source] AND [t1].[ID] = [t0].[ID] AND [t1].[LoincCode] = @p3))) ORDER BY [t0].[Source], [t0].[ID]
-- @p1 Int, @p2 VarChar, @p3 VarChar

-- Observation?combo-code (or)
SELECT TOP (@p1) [t0].[Source], [t0].[ID], [t0].[UpdatedAt], [t0].[Status], [t0].[LoincCode], [t0].[SnomedCode], [t0].[Name], [t0].[ProfileKey] FROM (SELECT CAST(1 AS tinyint) AS Source, o.ObservationID AS ID, o.InternalID AS InternalID, o.VisitID AS VisitID, o.ObservationTypeCode AS ProfileKey, t.CategoryCode AS CategoryCode, CAST(NULL AS varchar(4)) AS DisciplineCode, t.LoincCode AS LoincCode, t.SnomedCode AS SnomedCode, t.Name AS Name, o.ObservationStatusCode AS Status, CAST(NULL AS datetimeoffset(0)) AS CollectedAt, o.ObservedAt AS ObservedAt, CAST(NULL AS datetimeoffset(3)) AS ReportedAt, o.RecordedByID AS PractitionerID, CAST(NULL AS int) AS OrganisationID, CAST(o.Value AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, t.Unit AS Unit, t.UcumCode AS UcumCode, o.ValueCode AS ValueCode, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL THEN o.ValueText END AS ValueText, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL AND o.ValueText IS NULL THEN COALESCE(o.AbsentReasonCode, CASE WHEN o.ObservationTypeCode <> 'BP' THEN 'unknown' END) END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, CAST(NULL AS varchar(30)) AS SpecimenSnomed, CAST(NULL AS nvarchar(60)) AS SpecimenName, a.Description AS AnswerName, COALESCE(o.Comment, CASE WHEN o.ValueCode IS NOT NULL THEN o.ValueText END) AS Note, o.UpdatedAt AS UpdatedAt FROM Observations o INNER JOIN ObservationTypes t ON t.ObservationTypeCode = o.ObservationTypeCode LEFT JOIN BodySites s ON s.BodySiteCode = o.BodySiteCode LEFT JOIN ObservationAnswers a ON a.AnswerCode = o.ValueCode UNION ALL SELECT CAST(2 AS tinyint) AS Source, r.ResultID AS ID, r.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, rc.LoincCode AS LoincCode, CAST(NULL AS varchar(18)) AS SnomedCode, rc.Name AS Name, r.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, r.Value AS Amount, r.Comparator AS Comparator, rc.Unit AS Unit, rc.UcumCode AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, CASE WHEN r.Value IS NULL THEN r.ValueText END AS ValueText, CASE WHEN r.Value IS NULL AND r.ValueText IS NULL THEN COALESCE(r.AbsentReasonCode, 'unknown') END AS AbsentReasonCode, r.AbnormalFlagCode AS AbnormalFlagCode, r.ReferenceLow AS ReferenceLow, r.ReferenceHigh AS ReferenceHigh, r.ReferenceText AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, r.UpdatedAt AS UpdatedAt FROM InvestigationResults r INNER JOIN Investigations i ON i.InvestigationID = r.InvestigationID INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode INNER JOIN ResultCodes rc ON rc.ResultCode = r.ResultCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode UNION ALL SELECT CAST(3 AS tinyint) AS Source, i.InvestigationID AS ID, i.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, ic.LoincCode AS LoincCode, ic.SnomedCode AS SnomedCode, ic.Name AS Name, i.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, CAST(NULL AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, CAST(NULL AS nvarchar(20)) AS Unit, CAST(NULL AS varchar(20)) AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, i.Conclusion AS ValueText, CASE WHEN i.Conclusion IS NULL AND NOT EXISTS (SELECT 1 FROM InvestigationResults x WHERE x.InvestigationID = i.InvestigationID) THEN 'temp-unknown' END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, i.UpdatedAt AS UpdatedAt FROM Investigations i INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode) AS [t0] WHERE ([t0].[LoincCode] IN (@p2, @p3) OR [t0].[SnomedCode] IN (@p4, @p5) OR EXISTS (SELECT 1 FROM (SELECT CAST(1 AS tinyint) AS Source, c.ObservationID AS ID, c.ComponentID AS ComponentID, t.LoincCode AS LoincCode, t.SnomedCode AS SnomedCode, t.Name AS Name, c.Value AS Amount, t.Unit AS Unit, t.UcumCode AS UcumCode, CASE WHEN c.Value IS NULL THEN COALESCE(c.AbsentReasonCode, 'unknown') END AS AbsentReasonCode FROM ObservationComponents c INNER JOIN ObservationTypes t ON t.ObservationTypeCode = c.ObservationTypeCode) AS [t1] WHERE ([t1].[Source] = [t0].[Source] AND [t1].[ID] = [t0].[ID] AND [t1].[LoincCode] IN (@p6, @p7))) OR EXISTS (SELECT 1 FROM (SELECT CAST(1 AS tinyint) AS Source, c.ObservationID AS ID, c.ComponentID AS ComponentID, t.LoincCode AS LoincCode, t.SnomedCode AS SnomedCode, t.Name AS Name, c.Value AS Amount, t.Unit AS Unit, t.UcumCode AS UcumCode, CASE WHEN c.Value IS NULL THEN COALESCE(c.AbsentReasonCode, 'unknown') END AS AbsentReasonCode FROM ObservationComponents c INNER JOIN ObservationTypes t ON t.ObservationTypeCode = c.ObservationTypeCode) AS [t2] WHERE ([t2].[Source] = [t0].[Source] AND [t2].[ID] = [t0].[ID] AND [t2].[SnomedCode] IN (@p8, @p9)))) ORDER BY [t0].[Source], [t0].[ID]
-- @p1 Int, @p2 VarChar, @p3 VarChar, @p4 VarChar, @p5 VarChar, @p6 VarChar, @p7 VarChar, @p8 VarChar, @p9 VarChar

-- Observation?encounter (bare)
-- Observation?encounter (typed)
-- Observation?encounter (absolute)
SELECT TOP (@p1) [t0].[Source], [t0].[ID], [t0].[UpdatedAt], [t0].[Status], [t0].[LoincCode], [t0].[SnomedCode], [t0].[Name], [t0].[ProfileKey] FROM (SELECT CAST(1 AS tinyint) AS Source, o.ObservationID AS ID, o.InternalID AS InternalID, o.VisitID AS VisitID, o.ObservationTypeCode AS ProfileKey, t.CategoryCode AS CategoryCode, CAST(NULL AS varchar(4)) AS DisciplineCode, t.LoincCode AS LoincCode, t.SnomedCode AS SnomedCode, t.Name AS Name, o.ObservationStatusCode AS Status, CAST(NULL AS datetimeoffset(0)) AS CollectedAt, o.ObservedAt AS ObservedAt, CAST(NULL AS datetimeoffset(3)) AS ReportedAt, o.RecordedByID AS PractitionerID, CAST(NULL AS int) AS OrganisationID, CAST(o.Value AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, t.Unit AS Unit, t.UcumCode AS UcumCode, o.ValueCode AS ValueCode, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL THEN o.ValueText END AS ValueText, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL AND o.ValueText IS NULL THEN COALESCE(o.AbsentReasonCode, CASE WHEN o.ObservationTypeCode <> 'BP' THEN 'unknown' END) END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, CAST(NULL AS varchar(30)) AS SpecimenSnomed, CAST(NULL AS nvarchar(60)) AS SpecimenName, a.Description AS AnswerName, COALESCE(o.Comment, CASE WHEN o.ValueCode IS NOT NULL THEN o.ValueText END) AS Note, o.UpdatedAt AS UpdatedAt FROM Observations o INNER JOIN ObservationTypes t ON t.ObservationTypeCode = o.ObservationTypeCode LEFT JOIN BodySites s ON s.BodySiteCode = o.BodySiteCode LEFT JOIN ObservationAnswers a ON a.AnswerCode = o.ValueCode UNION ALL SELECT CAST(2 AS tinyint) AS Source, r.ResultID AS ID, r.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, rc.LoincCode AS LoincCode, CAST(NULL AS varchar(18)) AS SnomedCode, rc.Name AS Name, r.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, r.Value AS Amount, r.Comparator AS Comparator, rc.Unit AS Unit, rc.UcumCode AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, CASE WHEN r.Value IS NULL THEN r.ValueText END AS ValueText, CASE WHEN r.Value IS NULL AND r.ValueText IS NULL THEN COALESCE(r.AbsentReasonCode, 'unknown') END AS AbsentReasonCode, r.AbnormalFlagCode AS AbnormalFlagCode, r.ReferenceLow AS ReferenceLow, r.ReferenceHigh AS ReferenceHigh, r.ReferenceText AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, r.UpdatedAt AS UpdatedAt FROM InvestigationResults r INNER JOIN Investigations i ON i.InvestigationID = r.InvestigationID INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode INNER JOIN ResultCodes rc ON rc.ResultCode = r.ResultCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode UNION ALL SELECT CAST(3 AS tinyint) AS Source, i.InvestigationID AS ID, i.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, ic.LoincCode AS LoincCode, ic.SnomedCode AS SnomedCode, ic.Name AS Name, i.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, CAST(NULL AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, CAST(NULL AS nvarchar(20)) AS Unit, CAST(NULL AS varchar(20)) AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, i.Conclusion AS ValueText, CASE WHEN i.Conclusion IS NULL AND NOT EXISTS (SELECT 1 FROM InvestigationResults x WHERE x.InvestigationID = i.InvestigationID) THEN 'temp-unknown' END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, i.UpdatedAt AS UpdatedAt FROM Investigations i INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode) AS [t0] WHERE [t0].[VisitID] = @p2 ORDER BY [t0].[Source], [t0].[ID]
-- @p1 Int, @p2 Int

-- Observation?encounter (or)
SELECT TOP (@p1) [t0].[Source], [t0].[ID], [t0].[UpdatedAt], [t0].[Status], [t0].[LoincCode], [t0].[SnomedCode], [t0].[Name], [t0].[ProfileKey] FROM (SELECT CAST(1 AS tinyint) AS Source, o.ObservationID AS ID, o.InternalID AS InternalID, o.VisitID AS VisitID, o.ObservationTypeCode AS ProfileKey, t.CategoryCode AS CategoryCode, CAST(NULL AS varchar(4)) AS DisciplineCode, t.LoincCode AS LoincCode, t.SnomedCode AS SnomedCode, t.Name AS Name, o.ObservationStatusCode AS Status, CAST(NULL AS datetimeoffset(0)) AS CollectedAt, o.ObservedAt AS ObservedAt, CAST(NULL AS datetimeoffset(3)) AS ReportedAt, o.RecordedByID AS PractitionerID, CAST(NULL AS int) AS OrganisationID, CAST(o.Value AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, t.Unit AS Unit, t.UcumCode AS UcumCode, o.ValueCode AS ValueCode, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL THEN o.ValueText END AS ValueText, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL AND o.ValueText IS NULL THEN COALESCE(o.AbsentReasonCode, CASE WHEN o.ObservationTypeCode <> 'BP' THEN 'unknown' END) END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, CAST(NULL AS varchar(30)) AS SpecimenSnomed, CAST(NULL AS nvarchar(60)) AS SpecimenName, a.Description AS AnswerName, COALESCE(o.Comment, CASE WHEN o.ValueCode IS NOT NULL THEN o.ValueText END) AS Note, o.UpdatedAt AS UpdatedAt FROM Observations o INNER JOIN ObservationTypes t ON t.ObservationTypeCode = o.ObservationTypeCode LEFT JOIN BodySites s ON s.BodySiteCode = o.BodySiteCode LEFT JOIN ObservationAnswers a ON a.AnswerCode = o.ValueCode UNION ALL SELECT CAST(2 AS tinyint) AS Source, r.ResultID AS ID, r.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, rc.LoincCode AS LoincCode, CAST(NULL AS varchar(18)) AS SnomedCode, rc.Name AS Name, r.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, r.Value AS Amount, r.Comparator AS Comparator, rc.Unit AS Unit, rc.UcumCode AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, CASE WHEN r.Value IS NULL THEN r.ValueText END AS ValueText, CASE WHEN r.Value IS NULL AND r.ValueText IS NULL THEN COALESCE(r.AbsentReasonCode, 'unknown') END AS AbsentReasonCode, r.AbnormalFlagCode AS AbnormalFlagCode, r.ReferenceLow AS ReferenceLow, r.ReferenceHigh AS ReferenceHigh, r.ReferenceText AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, r.UpdatedAt AS UpdatedAt FROM InvestigationResults r INNER JOIN Investigations i ON i.InvestigationID = r.InvestigationID INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode INNER JOIN ResultCodes rc ON rc.ResultCode = r.ResultCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode UNION ALL SELECT CAST(3 AS tinyint) AS Source, i.InvestigationID AS ID, i.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, ic.LoincCode AS LoincCode, ic.SnomedCode AS SnomedCode, ic.Name AS Name, i.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, CAST(NULL AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, CAST(NULL AS nvarchar(20)) AS Unit, CAST(NULL AS varchar(20)) AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, i.Conclusion AS ValueText, CASE WHEN i.Conclusion IS NULL AND NOT EXISTS (SELECT 1 FROM InvestigationResults x WHERE x.InvestigationID = i.InvestigationID) THEN 'temp-unknown' END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, i.UpdatedAt AS UpdatedAt FROM Investigations i INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode) AS [t0] WHERE [t0].[VisitID] IN (@p2, @p3) ORDER BY [t0].[Source], [t0].[ID]
-- @p1 Int, @p2 Int, @p3 Int

-- Observation?performer (bare)
SELECT TOP (@p1) [t0].[Source], [t0].[ID], [t0].[UpdatedAt], [t0].[Status], [t0].[LoincCode], [t0].[SnomedCode], [t0].[Name], [t0].[ProfileKey] FROM (SELECT CAST(1 AS tinyint) AS Source, o.ObservationID AS ID, o.InternalID AS InternalID, o.VisitID AS VisitID, o.ObservationTypeCode AS ProfileKey, t.CategoryCode AS CategoryCode, CAST(NULL AS varchar(4)) AS DisciplineCode, t.LoincCode AS LoincCode, t.SnomedCode AS SnomedCode, t.Name AS Name, o.ObservationStatusCode AS Status, CAST(NULL AS datetimeoffset(0)) AS CollectedAt, o.ObservedAt AS ObservedAt, CAST(NULL AS datetimeoffset(3)) AS ReportedAt, o.RecordedByID AS PractitionerID, CAST(NULL AS int) AS OrganisationID, CAST(o.Value AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, t.Unit AS Unit, t.UcumCode AS UcumCode, o.ValueCode AS ValueCode, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL THEN o.ValueText END AS ValueText, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL AND o.ValueText IS NULL THEN COALESCE(o.AbsentReasonCode, CASE WHEN o.ObservationTypeCode <> 'BP' THEN 'unknown' END) END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, CAST(NULL AS varchar(30)) AS SpecimenSnomed, CAST(NULL AS nvarchar(60)) AS SpecimenName, a.Description AS AnswerName, COALESCE(o.Comment, CASE WHEN o.ValueCode IS NOT NULL THEN o.ValueText END) AS Note, o.UpdatedAt AS UpdatedAt FROM Observations o INNER JOIN ObservationTypes t ON t.ObservationTypeCode = o.ObservationTypeCode LEFT JOIN BodySites s ON s.BodySiteCode = o.BodySiteCode LEFT JOIN ObservationAnswers a ON a.AnswerCode = o.ValueCode UNION ALL SELECT CAST(2 AS tinyint) AS Source, r.ResultID AS ID, r.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, rc.LoincCode AS LoincCode, CAST(NULL AS varchar(18)) AS SnomedCode, rc.Name AS Name, r.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, r.Value AS Amount, r.Comparator AS Comparator, rc.Unit AS Unit, rc.UcumCode AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, CASE WHEN r.Value IS NULL THEN r.ValueText END AS ValueText, CASE WHEN r.Value IS NULL AND r.ValueText IS NULL THEN COALESCE(r.AbsentReasonCode, 'unknown') END AS AbsentReasonCode, r.AbnormalFlagCode AS AbnormalFlagCode, r.ReferenceLow AS ReferenceLow, r.ReferenceHigh AS ReferenceHigh, r.ReferenceText AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, r.UpdatedAt AS UpdatedAt FROM InvestigationResults r INNER JOIN Investigations i ON i.InvestigationID = r.InvestigationID INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode INNER JOIN ResultCodes rc ON rc.ResultCode = r.ResultCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode UNION ALL SELECT CAST(3 AS tinyint) AS Source, i.InvestigationID AS ID, i.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, ic.LoincCode AS LoincCode, ic.SnomedCode AS SnomedCode, ic.Name AS Name, i.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, CAST(NULL AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, CAST(NULL AS nvarchar(20)) AS Unit, CAST(NULL AS varchar(20)) AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, i.Conclusion AS ValueText, CASE WHEN i.Conclusion IS NULL AND NOT EXISTS (SELECT 1 FROM InvestigationResults x WHERE x.InvestigationID = i.InvestigationID) THEN 'temp-unknown' END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, i.UpdatedAt AS UpdatedAt FROM Investigations i INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode) AS [t0] WHERE ([t0].[PractitionerID] = @p2 OR [t0].[OrganisationID] = @p3) ORDER BY [t0].[Source], [t0].[ID]
-- @p1 Int, @p2 Int, @p3 Int

-- Observation?performer (typed)
-- Observation?performer (absolute)
SELECT TOP (@p1) [t0].[Source], [t0].[ID], [t0].[UpdatedAt], [t0].[Status], [t0].[LoincCode], [t0].[SnomedCode], [t0].[Name], [t0].[ProfileKey] FROM (SELECT CAST(1 AS tinyint) AS Source, o.ObservationID AS ID, o.InternalID AS InternalID, o.VisitID AS VisitID, o.ObservationTypeCode AS ProfileKey, t.CategoryCode AS CategoryCode, CAST(NULL AS varchar(4)) AS DisciplineCode, t.LoincCode AS LoincCode, t.SnomedCode AS SnomedCode, t.Name AS Name, o.ObservationStatusCode AS Status, CAST(NULL AS datetimeoffset(0)) AS CollectedAt, o.ObservedAt AS ObservedAt, CAST(NULL AS datetimeoffset(3)) AS ReportedAt, o.RecordedByID AS PractitionerID, CAST(NULL AS int) AS OrganisationID, CAST(o.Value AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, t.Unit AS Unit, t.UcumCode AS UcumCode, o.ValueCode AS ValueCode, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL THEN o.ValueText END AS ValueText, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL AND o.ValueText IS NULL THEN COALESCE(o.AbsentReasonCode, CASE WHEN o.ObservationTypeCode <> 'BP' THEN 'unknown' END) END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, CAST(NULL AS varchar(30)) AS SpecimenSnomed, CAST(NULL AS nvarchar(60)) AS SpecimenName, a.Description AS AnswerName, COALESCE(o.Comment, CASE WHEN o.ValueCode IS NOT NULL THEN o.ValueText END) AS Note, o.UpdatedAt AS UpdatedAt FROM Observations o INNER JOIN ObservationTypes t ON t.ObservationTypeCode = o.ObservationTypeCode LEFT JOIN BodySites s ON s.BodySiteCode = o.BodySiteCode LEFT JOIN ObservationAnswers a ON a.AnswerCode = o.ValueCode UNION ALL SELECT CAST(2 AS tinyint) AS Source, r.ResultID AS ID, r.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, rc.LoincCode AS LoincCode, CAST(NULL AS varchar(18)) AS SnomedCode, rc.Name AS Name, r.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, r.Value AS Amount, r.Comparator AS Comparator, rc.Unit AS Unit, rc.UcumCode AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, CASE WHEN r.Value IS NULL THEN r.ValueText END AS ValueText, CASE WHEN r.Value IS NULL AND r.ValueText IS NULL THEN COALESCE(r.AbsentReasonCode, 'unknown') END AS AbsentReasonCode, r.AbnormalFlagCode AS AbnormalFlagCode, r.ReferenceLow AS ReferenceLow, r.ReferenceHigh AS ReferenceHigh, r.ReferenceText AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, r.UpdatedAt AS UpdatedAt FROM InvestigationResults r INNER JOIN Investigations i ON i.InvestigationID = r.InvestigationID INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode INNER JOIN ResultCodes rc ON rc.ResultCode = r.ResultCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode UNION ALL SELECT CAST(3 AS tinyint) AS Source, i.InvestigationID AS ID, i.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, ic.LoincCode AS LoincCode, ic.SnomedCode AS SnomedCode, ic.Name AS Name, i.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, CAST(NULL AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, CAST(NULL AS nvarchar(20)) AS Unit, CAST(NULL AS varchar(20)) AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, i.Conclusion AS ValueText, CASE WHEN i.Conclusion IS NULL AND NOT EXISTS (SELECT 1 FROM InvestigationResults x WHERE x.InvestigationID = i.InvestigationID) THEN 'temp-unknown' END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, i.UpdatedAt AS UpdatedAt FROM Investigations i INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode) AS [t0] WHERE [t0].[PractitionerID] = @p2 ORDER BY [t0].[Source], [t0].[ID]
-- @p1 Int, @p2 Int

-- Observation?performer (or)
SELECT TOP (@p1) [t0].[Source], [t0].[ID], [t0].[UpdatedAt], [t0].[Status], [t0].[LoincCode], [t0].[SnomedCode], [t0].[Name], [t0].[ProfileKey] FROM (SELECT CAST(1 AS tinyint) AS Source, o.ObservationID AS ID, o.InternalID AS InternalID, o.VisitID AS VisitID, o.ObservationTypeCode AS ProfileKey, t.CategoryCode AS CategoryCode, CAST(NULL AS varchar(4)) AS DisciplineCode, t.LoincCode AS LoincCode, t.SnomedCode AS SnomedCode, t.Name AS Name, o.ObservationStatusCode AS Status, CAST(NULL AS datetimeoffset(0)) AS CollectedAt, o.ObservedAt AS ObservedAt, CAST(NULL AS datetimeoffset(3)) AS ReportedAt, o.RecordedByID AS PractitionerID, CAST(NULL AS int) AS OrganisationID, CAST(o.Value AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, t.Unit AS Unit, t.UcumCode AS UcumCode, o.ValueCode AS ValueCode, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL THEN o.ValueText END AS ValueText, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL AND o.ValueText IS NULL THEN COALESCE(o.AbsentReasonCode, CASE WHEN o.ObservationTypeCode <> 'BP' THEN 'unknown' END) END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, CAST(NULL AS varchar(30)) AS SpecimenSnomed, CAST(NULL AS nvarchar(60)) AS SpecimenName, a.Description AS AnswerName, COALESCE(o.Comment, CASE WHEN o.ValueCode IS NOT NULL THEN o.ValueText END) AS Note, o.UpdatedAt AS UpdatedAt FROM Observations o INNER JOIN ObservationTypes t ON t.ObservationTypeCode = o.ObservationTypeCode LEFT JOIN BodySites s ON s.BodySiteCode = o.BodySiteCode LEFT JOIN ObservationAnswers a ON a.AnswerCode = o.ValueCode UNION ALL SELECT CAST(2 AS tinyint) AS Source, r.ResultID AS ID, r.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, rc.LoincCode AS LoincCode, CAST(NULL AS varchar(18)) AS SnomedCode, rc.Name AS Name, r.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, r.Value AS Amount, r.Comparator AS Comparator, rc.Unit AS Unit, rc.UcumCode AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, CASE WHEN r.Value IS NULL THEN r.ValueText END AS ValueText, CASE WHEN r.Value IS NULL AND r.ValueText IS NULL THEN COALESCE(r.AbsentReasonCode, 'unknown') END AS AbsentReasonCode, r.AbnormalFlagCode AS AbnormalFlagCode, r.ReferenceLow AS ReferenceLow, r.ReferenceHigh AS ReferenceHigh, r.ReferenceText AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, r.UpdatedAt AS UpdatedAt FROM InvestigationResults r INNER JOIN Investigations i ON i.InvestigationID = r.InvestigationID INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode INNER JOIN ResultCodes rc ON rc.ResultCode = r.ResultCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode UNION ALL SELECT CAST(3 AS tinyint) AS Source, i.InvestigationID AS ID, i.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, ic.LoincCode AS LoincCode, ic.SnomedCode AS SnomedCode, ic.Name AS Name, i.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, CAST(NULL AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, CAST(NULL AS nvarchar(20)) AS Unit, CAST(NULL AS varchar(20)) AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, i.Conclusion AS ValueText, CASE WHEN i.Conclusion IS NULL AND NOT EXISTS (SELECT 1 FROM InvestigationResults x WHERE x.InvestigationID = i.InvestigationID) THEN 'temp-unknown' END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, i.UpdatedAt AS UpdatedAt FROM Investigations i INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode) AS [t0] WHERE ([t0].[PractitionerID] IN (@p2, @p3) OR [t0].[OrganisationID] IN (@p4, @p5)) ORDER BY [t0].[Source], [t0].[ID]
-- @p1 Int, @p2 Int, @p3 Int, @p4 Int, @p5 Int

-- Observation?has-member (bare)
-- Observation?has-member (typed)
-- Observation?has-member (absolute)
SELECT TOP (@p1) [t0].[Source], [t0].[ID], [t0].[UpdatedAt], [t0].[Status], [t0].[LoincCode], [t0].[SnomedCode], [t0].[Name], [t0].[ProfileKey] FROM (SELECT CAST(1 AS tinyint) AS Source, o.ObservationID AS ID, o.InternalID AS InternalID, o.VisitID AS VisitID, o.ObservationTypeCode AS ProfileKey, t.CategoryCode AS CategoryCode, CAST(NULL AS varchar(4)) AS DisciplineCode, t.LoincCode AS LoincCode, t.SnomedCode AS SnomedCode, t.Name AS Name, o.ObservationStatusCode AS Status, CAST(NULL AS datetimeoffset(0)) AS CollectedAt, o.ObservedAt AS ObservedAt, CAST(NULL AS datetimeoffset(3)) AS ReportedAt, o.RecordedByID AS PractitionerID, CAST(NULL AS int) AS OrganisationID, CAST(o.Value AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, t.Unit AS Unit, t.UcumCode AS UcumCode, o.ValueCode AS ValueCode, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL THEN o.ValueText END AS ValueText, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL AND o.ValueText IS NULL THEN COALESCE(o.AbsentReasonCode, CASE WHEN o.ObservationTypeCode <> 'BP' THEN 'unknown' END) END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, CAST(NULL AS varchar(30)) AS SpecimenSnomed, CAST(NULL AS nvarchar(60)) AS SpecimenName, a.Description AS AnswerName, COALESCE(o.Comment, CASE WHEN o.ValueCode IS NOT NULL THEN o.ValueText END) AS Note, o.UpdatedAt AS UpdatedAt FROM Observations o INNER JOIN ObservationTypes t ON t.ObservationTypeCode = o.ObservationTypeCode LEFT JOIN BodySites s ON s.BodySiteCode = o.BodySiteCode LEFT JOIN ObservationAnswers a ON a.AnswerCode = o.ValueCode UNION ALL SELECT CAST(2 AS tinyint) AS Source, r.ResultID AS ID, r.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, rc.LoincCode AS LoincCode, CAST(NULL AS varchar(18)) AS SnomedCode, rc.Name AS Name, r.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, r.Value AS Amount, r.Comparator AS Comparator, rc.Unit AS Unit, rc.UcumCode AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, CASE WHEN r.Value IS NULL THEN r.ValueText END AS ValueText, CASE WHEN r.Value IS NULL AND r.ValueText IS NULL THEN COALESCE(r.AbsentReasonCode, 'unknown') END AS AbsentReasonCode, r.AbnormalFlagCode AS AbnormalFlagCode, r.ReferenceLow AS ReferenceLow, r.ReferenceHigh AS ReferenceHigh, r.ReferenceText AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, r.UpdatedAt AS UpdatedAt FROM InvestigationResults r INNER JOIN Investigations i ON i.InvestigationID = r.InvestigationID INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode INNER JOIN ResultCodes rc ON rc.ResultCode = r.ResultCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode UNION ALL SELECT CAST(3 AS tinyint) AS Source, i.InvestigationID AS ID, i.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, ic.LoincCode AS LoincCode, ic.SnomedCode AS SnomedCode, ic.Name AS Name, i.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, CAST(NULL AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, CAST(NULL AS nvarchar(20)) AS Unit, CAST(NULL AS varchar(20)) AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, i.Conclusion AS ValueText, CASE WHEN i.Conclusion IS NULL AND NOT EXISTS (SELECT 1 FROM InvestigationResults x WHERE x.InvestigationID = i.InvestigationID) THEN 'temp-unknown' END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, i.UpdatedAt AS UpdatedAt FROM Investigations i INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode) AS [t0] WHERE EXISTS (SELECT 1 FROM (SELECT CAST(3 AS tinyint) AS Source, r.InvestigationID AS ID, CAST(2 AS tinyint) AS MemberSource, r.ResultID AS ResultID FROM InvestigationResults r) AS [t1] WHERE ([t1].[Source] = [t0].[Source] AND [t1].[ID] = [t0].[ID] AND ([t1].[MemberSource] = @p2 AND [t1].[ResultID] = @p3))) ORDER BY [t0].[Source], [t0].[ID]
-- @p1 Int, @p2 TinyInt, @p3 Int

-- Observation?has-member (or)
SELECT TOP (@p1) [t0].[Source], [t0].[ID], [t0].[UpdatedAt], [t0].[Status], [t0].[LoincCode], [t0].[SnomedCode], [t0].[Name], [t0].[ProfileKey] FROM (SELECT CAST(1 AS tinyint) AS Source, o.ObservationID AS ID, o.InternalID AS InternalID, o.VisitID AS VisitID, o.ObservationTypeCode AS ProfileKey, t.CategoryCode AS CategoryCode, CAST(NULL AS varchar(4)) AS DisciplineCode, t.LoincCode AS LoincCode, t.SnomedCode AS SnomedCode, t.Name AS Name, o.ObservationStatusCode AS Status, CAST(NULL AS datetimeoffset(0)) AS CollectedAt, o.ObservedAt AS ObservedAt, CAST(NULL AS datetimeoffset(3)) AS ReportedAt, o.RecordedByID AS PractitionerID, CAST(NULL AS int) AS OrganisationID, CAST(o.Value AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, t.Unit AS Unit, t.UcumCode AS UcumCode, o.ValueCode AS ValueCode, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL THEN o.ValueText END AS ValueText, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL AND o.ValueText IS NULL THEN COALESCE(o.AbsentReasonCode, CASE WHEN o.ObservationTypeCode <> 'BP' THEN 'unknown' END) END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, CAST(NULL AS varchar(30)) AS SpecimenSnomed, CAST(NULL AS nvarchar(60)) AS SpecimenName, a.Description AS AnswerName, COALESCE(o.Comment, CASE WHEN o.ValueCode IS NOT NULL THEN o.ValueText END) AS Note, o.UpdatedAt AS UpdatedAt FROM Observations o INNER JOIN ObservationTypes t ON t.ObservationTypeCode = o.ObservationTypeCode LEFT JOIN BodySites s ON s.BodySiteCode = o.BodySiteCode LEFT JOIN ObservationAnswers a ON a.AnswerCode = o.ValueCode UNION ALL SELECT CAST(2 AS tinyint) AS Source, r.ResultID AS ID, r.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, rc.LoincCode AS LoincCode, CAST(NULL AS varchar(18)) AS SnomedCode, rc.Name AS Name, r.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, r.Value AS Amount, r.Comparator AS Comparator, rc.Unit AS Unit, rc.UcumCode AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, CASE WHEN r.Value IS NULL THEN r.ValueText END AS ValueText, CASE WHEN r.Value IS NULL AND r.ValueText IS NULL THEN COALESCE(r.AbsentReasonCode, 'unknown') END AS AbsentReasonCode, r.AbnormalFlagCode AS AbnormalFlagCode, r.ReferenceLow AS ReferenceLow, r.ReferenceHigh AS ReferenceHigh, r.ReferenceText AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, r.UpdatedAt AS UpdatedAt FROM InvestigationResults r INNER JOIN Investigations i ON i.InvestigationID = r.InvestigationID INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode INNER JOIN ResultCodes rc ON rc.ResultCode = r.ResultCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode UNION ALL SELECT CAST(3 AS tinyint) AS Source, i.InvestigationID AS ID, i.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, ic.LoincCode AS LoincCode, ic.SnomedCode AS SnomedCode, ic.Name AS Name, i.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, CAST(NULL AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, CAST(NULL AS nvarchar(20)) AS Unit, CAST(NULL AS varchar(20)) AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, i.Conclusion AS ValueText, CASE WHEN i.Conclusion IS NULL AND NOT EXISTS (SELECT 1 FROM InvestigationResults x WHERE x.InvestigationID = i.InvestigationID) THEN 'temp-unknown' END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, i.UpdatedAt AS UpdatedAt FROM Investigations i INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode) AS [t0] WHERE EXISTS (SELECT 1 FROM (SELECT CAST(3 AS tinyint) AS Source, r.InvestigationID AS ID, CAST(2 AS tinyint) AS MemberSource, r.ResultID AS ResultID FROM InvestigationResults r) AS [t1] WHERE ([t1].[Source] = [t0].[Source] AND [t1].[ID] = [t0].[ID] AND (([t1].[MemberSource] = @p2 AND [t1].[ResultID] = @p3) OR ([t1].[MemberSource] = @p4 AND [t1].[ResultID] = @p5)))) ORDER BY [t0].[Source], [t0].[ID]
-- @p1 Int, @p2 TinyInt, @p3 Int, @p4 TinyInt, @p5 Int

-- Observation?value-concept (code)
-- Observation?value-concept (systemCode)
SELECT TOP (@p1) [t0].[Source], [t0].[ID], [t0].[UpdatedAt], [t0].[Status], [t0].[LoincCode], [t0].[SnomedCode], [t0].[Name], [t0].[ProfileKey] FROM (SELECT CAST(1 AS tinyint) AS Source, o.ObservationID AS ID, o.InternalID AS InternalID, o.VisitID AS VisitID, o.ObservationTypeCode AS ProfileKey, t.CategoryCode AS CategoryCode, CAST(NULL AS varchar(4)) AS DisciplineCode, t.LoincCode AS LoincCode, t.SnomedCode AS SnomedCode, t.Name AS Name, o.ObservationStatusCode AS Status, CAST(NULL AS datetimeoffset(0)) AS CollectedAt, o.ObservedAt AS ObservedAt, CAST(NULL AS datetimeoffset(3)) AS ReportedAt, o.RecordedByID AS PractitionerID, CAST(NULL AS int) AS OrganisationID, CAST(o.Value AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, t.Unit AS Unit, t.UcumCode AS UcumCode, o.ValueCode AS ValueCode, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL THEN o.ValueText END AS ValueText, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL AND o.ValueText IS NULL THEN COALESCE(o.AbsentReasonCode, CASE WHEN o.ObservationTypeCode <> 'BP' THEN 'unknown' END) END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, CAST(NULL AS varchar(30)) AS SpecimenSnomed, CAST(NULL AS nvarchar(60)) AS SpecimenName, a.Description AS AnswerName, COALESCE(o.Comment, CASE WHEN o.ValueCode IS NOT NULL THEN o.ValueText END) AS Note, o.UpdatedAt AS UpdatedAt FROM Observations o INNER JOIN ObservationTypes t ON t.ObservationTypeCode = o.ObservationTypeCode LEFT JOIN BodySites s ON s.BodySiteCode = o.BodySiteCode LEFT JOIN ObservationAnswers a ON a.AnswerCode = o.ValueCode UNION ALL SELECT CAST(2 AS tinyint) AS Source, r.ResultID AS ID, r.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, rc.LoincCode AS LoincCode, CAST(NULL AS varchar(18)) AS SnomedCode, rc.Name AS Name, r.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, r.Value AS Amount, r.Comparator AS Comparator, rc.Unit AS Unit, rc.UcumCode AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, CASE WHEN r.Value IS NULL THEN r.ValueText END AS ValueText, CASE WHEN r.Value IS NULL AND r.ValueText IS NULL THEN COALESCE(r.AbsentReasonCode, 'unknown') END AS AbsentReasonCode, r.AbnormalFlagCode AS AbnormalFlagCode, r.ReferenceLow AS ReferenceLow, r.ReferenceHigh AS ReferenceHigh, r.ReferenceText AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, r.UpdatedAt AS UpdatedAt FROM InvestigationResults r INNER JOIN Investigations i ON i.InvestigationID = r.InvestigationID INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode INNER JOIN ResultCodes rc ON rc.ResultCode = r.ResultCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode UNION ALL SELECT CAST(3 AS tinyint) AS Source, i.InvestigationID AS ID, i.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, ic.LoincCode AS LoincCode, ic.SnomedCode AS SnomedCode, ic.Name AS Name, i.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, CAST(NULL AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, CAST(NULL AS nvarchar(20)) AS Unit, CAST(NULL AS varchar(20)) AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, i.Conclusion AS ValueText, CASE WHEN i.Conclusion IS NULL AND NOT EXISTS (SELECT 1 FROM InvestigationResults x WHERE x.InvestigationID = i.InvestigationID) THEN 'temp-unknown' END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, i.UpdatedAt AS UpdatedAt FROM Investigations i INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode) AS [t0] WHERE [t0].[ValueCode] = @p2 ORDER BY [t0].[Source], [t0].[ID]
-- @p1 Int, @p2 VarChar

-- Observation?value-concept (or)
SELECT TOP (@p1) [t0].[Source], [t0].[ID], [t0].[UpdatedAt], [t0].[Status], [t0].[LoincCode], [t0].[SnomedCode], [t0].[Name], [t0].[ProfileKey] FROM (SELECT CAST(1 AS tinyint) AS Source, o.ObservationID AS ID, o.InternalID AS InternalID, o.VisitID AS VisitID, o.ObservationTypeCode AS ProfileKey, t.CategoryCode AS CategoryCode, CAST(NULL AS varchar(4)) AS DisciplineCode, t.LoincCode AS LoincCode, t.SnomedCode AS SnomedCode, t.Name AS Name, o.ObservationStatusCode AS Status, CAST(NULL AS datetimeoffset(0)) AS CollectedAt, o.ObservedAt AS ObservedAt, CAST(NULL AS datetimeoffset(3)) AS ReportedAt, o.RecordedByID AS PractitionerID, CAST(NULL AS int) AS OrganisationID, CAST(o.Value AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, t.Unit AS Unit, t.UcumCode AS UcumCode, o.ValueCode AS ValueCode, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL THEN o.ValueText END AS ValueText, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL AND o.ValueText IS NULL THEN COALESCE(o.AbsentReasonCode, CASE WHEN o.ObservationTypeCode <> 'BP' THEN 'unknown' END) END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, CAST(NULL AS varchar(30)) AS SpecimenSnomed, CAST(NULL AS nvarchar(60)) AS SpecimenName, a.Description AS AnswerName, COALESCE(o.Comment, CASE WHEN o.ValueCode IS NOT NULL THEN o.ValueText END) AS Note, o.UpdatedAt AS UpdatedAt FROM Observations o INNER JOIN ObservationTypes t ON t.ObservationTypeCode = o.ObservationTypeCode LEFT JOIN BodySites s ON s.BodySiteCode = o.BodySiteCode LEFT JOIN ObservationAnswers a ON a.AnswerCode = o.ValueCode UNION ALL SELECT CAST(2 AS tinyint) AS Source, r.ResultID AS ID, r.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, rc.LoincCode AS LoincCode, CAST(NULL AS varchar(18)) AS SnomedCode, rc.Name AS Name, r.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, r.Value AS Amount, r.Comparator AS Comparator, rc.Unit AS Unit, rc.UcumCode AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, CASE WHEN r.Value IS NULL THEN r.ValueText END AS ValueText, CASE WHEN r.Value IS NULL AND r.ValueText IS NULL THEN COALESCE(r.AbsentReasonCode, 'unknown') END AS AbsentReasonCode, r.AbnormalFlagCode AS AbnormalFlagCode, r.ReferenceLow AS ReferenceLow, r.ReferenceHigh AS ReferenceHigh, r.ReferenceText AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, r.UpdatedAt AS UpdatedAt FROM InvestigationResults r INNER JOIN Investigations i ON i.InvestigationID = r.InvestigationID INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode INNER JOIN ResultCodes rc ON rc.ResultCode = r.ResultCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode UNION ALL SELECT CAST(3 AS tinyint) AS Source, i.InvestigationID AS ID, i.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, ic.LoincCode AS LoincCode, ic.SnomedCode AS SnomedCode, ic.Name AS Name, i.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, CAST(NULL AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, CAST(NULL AS nvarchar(20)) AS Unit, CAST(NULL AS varchar(20)) AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, i.Conclusion AS ValueText, CASE WHEN i.Conclusion IS NULL AND NOT EXISTS (SELECT 1 FROM InvestigationResults x WHERE x.InvestigationID = i.InvestigationID) THEN 'temp-unknown' END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, i.UpdatedAt AS UpdatedAt FROM Investigations i INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode) AS [t0] WHERE [t0].[ValueCode] IN (@p2, @p3) ORDER BY [t0].[Source], [t0].[ID]
-- @p1 Int, @p2 VarChar, @p3 VarChar

-- Observation?value-quantity (gt)
SELECT TOP (@p1) [t0].[Source], [t0].[ID], [t0].[UpdatedAt], [t0].[Status], [t0].[LoincCode], [t0].[SnomedCode], [t0].[Name], [t0].[ProfileKey] FROM (SELECT CAST(1 AS tinyint) AS Source, o.ObservationID AS ID, o.InternalID AS InternalID, o.VisitID AS VisitID, o.ObservationTypeCode AS ProfileKey, t.CategoryCode AS CategoryCode, CAST(NULL AS varchar(4)) AS DisciplineCode, t.LoincCode AS LoincCode, t.SnomedCode AS SnomedCode, t.Name AS Name, o.ObservationStatusCode AS Status, CAST(NULL AS datetimeoffset(0)) AS CollectedAt, o.ObservedAt AS ObservedAt, CAST(NULL AS datetimeoffset(3)) AS ReportedAt, o.RecordedByID AS PractitionerID, CAST(NULL AS int) AS OrganisationID, CAST(o.Value AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, t.Unit AS Unit, t.UcumCode AS UcumCode, o.ValueCode AS ValueCode, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL THEN o.ValueText END AS ValueText, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL AND o.ValueText IS NULL THEN COALESCE(o.AbsentReasonCode, CASE WHEN o.ObservationTypeCode <> 'BP' THEN 'unknown' END) END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, CAST(NULL AS varchar(30)) AS SpecimenSnomed, CAST(NULL AS nvarchar(60)) AS SpecimenName, a.Description AS AnswerName, COALESCE(o.Comment, CASE WHEN o.ValueCode IS NOT NULL THEN o.ValueText END) AS Note, o.UpdatedAt AS UpdatedAt FROM Observations o INNER JOIN ObservationTypes t ON t.ObservationTypeCode = o.ObservationTypeCode LEFT JOIN BodySites s ON s.BodySiteCode = o.BodySiteCode LEFT JOIN ObservationAnswers a ON a.AnswerCode = o.ValueCode UNION ALL SELECT CAST(2 AS tinyint) AS Source, r.ResultID AS ID, r.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, rc.LoincCode AS LoincCode, CAST(NULL AS varchar(18)) AS SnomedCode, rc.Name AS Name, r.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, r.Value AS Amount, r.Comparator AS Comparator, rc.Unit AS Unit, rc.UcumCode AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, CASE WHEN r.Value IS NULL THEN r.ValueText END AS ValueText, CASE WHEN r.Value IS NULL AND r.ValueText IS NULL THEN COALESCE(r.AbsentReasonCode, 'unknown') END AS AbsentReasonCode, r.AbnormalFlagCode AS AbnormalFlagCode, r.ReferenceLow AS ReferenceLow, r.ReferenceHigh AS ReferenceHigh, r.ReferenceText AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, r.UpdatedAt AS UpdatedAt FROM InvestigationResults r INNER JOIN Investigations i ON i.InvestigationID = r.InvestigationID INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode INNER JOIN ResultCodes rc ON rc.ResultCode = r.ResultCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode UNION ALL SELECT CAST(3 AS tinyint) AS Source, i.InvestigationID AS ID, i.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, ic.LoincCode AS LoincCode, ic.SnomedCode AS SnomedCode, ic.Name AS Name, i.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, CAST(NULL AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, CAST(NULL AS nvarchar(20)) AS Unit, CAST(NULL AS varchar(20)) AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, i.Conclusion AS ValueText, CASE WHEN i.Conclusion IS NULL AND NOT EXISTS (SELECT 1 FROM InvestigationResults x WHERE x.InvestigationID = i.InvestigationID) THEN 'temp-unknown' END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, i.UpdatedAt AS UpdatedAt FROM Investigations i INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode) AS [t0] WHERE [t0].[Amount] > @p2 ORDER BY [t0].[Source], [t0].[ID]
-- @p1 Int, @p2 Decimal

-- Observation?value-quantity (le)
SELECT TOP (@p1) [t0].[Source], [t0].[ID], [t0].[UpdatedAt], [t0].[Status], [t0].[LoincCode], [t0].[SnomedCode], [t0].[Name], [t0].[ProfileKey] FROM (SELECT CAST(1 AS tinyint) AS Source, o.ObservationID AS ID, o.InternalID AS InternalID, o.VisitID AS VisitID, o.ObservationTypeCode AS ProfileKey, t.CategoryCode AS CategoryCode, CAST(NULL AS varchar(4)) AS DisciplineCode, t.LoincCode AS LoincCode, t.SnomedCode AS SnomedCode, t.Name AS Name, o.ObservationStatusCode AS Status, CAST(NULL AS datetimeoffset(0)) AS CollectedAt, o.ObservedAt AS ObservedAt, CAST(NULL AS datetimeoffset(3)) AS ReportedAt, o.RecordedByID AS PractitionerID, CAST(NULL AS int) AS OrganisationID, CAST(o.Value AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, t.Unit AS Unit, t.UcumCode AS UcumCode, o.ValueCode AS ValueCode, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL THEN o.ValueText END AS ValueText, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL AND o.ValueText IS NULL THEN COALESCE(o.AbsentReasonCode, CASE WHEN o.ObservationTypeCode <> 'BP' THEN 'unknown' END) END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, CAST(NULL AS varchar(30)) AS SpecimenSnomed, CAST(NULL AS nvarchar(60)) AS SpecimenName, a.Description AS AnswerName, COALESCE(o.Comment, CASE WHEN o.ValueCode IS NOT NULL THEN o.ValueText END) AS Note, o.UpdatedAt AS UpdatedAt FROM Observations o INNER JOIN ObservationTypes t ON t.ObservationTypeCode = o.ObservationTypeCode LEFT JOIN BodySites s ON s.BodySiteCode = o.BodySiteCode LEFT JOIN ObservationAnswers a ON a.AnswerCode = o.ValueCode UNION ALL SELECT CAST(2 AS tinyint) AS Source, r.ResultID AS ID, r.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, rc.LoincCode AS LoincCode, CAST(NULL AS varchar(18)) AS SnomedCode, rc.Name AS Name, r.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, r.Value AS Amount, r.Comparator AS Comparator, rc.Unit AS Unit, rc.UcumCode AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, CASE WHEN r.Value IS NULL THEN r.ValueText END AS ValueText, CASE WHEN r.Value IS NULL AND r.ValueText IS NULL THEN COALESCE(r.AbsentReasonCode, 'unknown') END AS AbsentReasonCode, r.AbnormalFlagCode AS AbnormalFlagCode, r.ReferenceLow AS ReferenceLow, r.ReferenceHigh AS ReferenceHigh, r.ReferenceText AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, r.UpdatedAt AS UpdatedAt FROM InvestigationResults r INNER JOIN Investigations i ON i.InvestigationID = r.InvestigationID INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode INNER JOIN ResultCodes rc ON rc.ResultCode = r.ResultCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode UNION ALL SELECT CAST(3 AS tinyint) AS Source, i.InvestigationID AS ID, i.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, ic.LoincCode AS LoincCode, ic.SnomedCode AS SnomedCode, ic.Name AS Name, i.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, CAST(NULL AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, CAST(NULL AS nvarchar(20)) AS Unit, CAST(NULL AS varchar(20)) AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, i.Conclusion AS ValueText, CASE WHEN i.Conclusion IS NULL AND NOT EXISTS (SELECT 1 FROM InvestigationResults x WHERE x.InvestigationID = i.InvestigationID) THEN 'temp-unknown' END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, i.UpdatedAt AS UpdatedAt FROM Investigations i INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode) AS [t0] WHERE [t0].[Amount] <= @p2 ORDER BY [t0].[Source], [t0].[ID]
-- @p1 Int, @p2 Decimal

-- Observation?value-string (whole)
-- Observation?value-string (beginning)
SELECT TOP (@p1) [t0].[Source], [t0].[ID], [t0].[UpdatedAt], [t0].[Status], [t0].[LoincCode], [t0].[SnomedCode], [t0].[Name], [t0].[ProfileKey] FROM (SELECT CAST(1 AS tinyint) AS Source, o.ObservationID AS ID, o.InternalID AS InternalID, o.VisitID AS VisitID, o.ObservationTypeCode AS ProfileKey, t.CategoryCode AS CategoryCode, CAST(NULL AS varchar(4)) AS DisciplineCode, t.LoincCode AS LoincCode, t.SnomedCode AS SnomedCode, t.Name AS Name, o.ObservationStatusCode AS Status, CAST(NULL AS datetimeoffset(0)) AS CollectedAt, o.ObservedAt AS ObservedAt, CAST(NULL AS datetimeoffset(3)) AS ReportedAt, o.RecordedByID AS PractitionerID, CAST(NULL AS int) AS OrganisationID, CAST(o.Value AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, t.Unit AS Unit, t.UcumCode AS UcumCode, o.ValueCode AS ValueCode, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL THEN o.ValueText END AS ValueText, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL AND o.ValueText IS NULL THEN COALESCE(o.AbsentReasonCode, CASE WHEN o.ObservationTypeCode <> 'BP' THEN 'unknown' END) END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, CAST(NULL AS varchar(30)) AS SpecimenSnomed, CAST(NULL AS nvarchar(60)) AS SpecimenName, a.Description AS AnswerName, COALESCE(o.Comment, CASE WHEN o.ValueCode IS NOT NULL THEN o.ValueText END) AS Note, o.UpdatedAt AS UpdatedAt FROM Observations o INNER JOIN ObservationTypes t ON t.ObservationTypeCode = o.ObservationTypeCode LEFT JOIN BodySites s ON s.BodySiteCode = o.BodySiteCode LEFT JOIN ObservationAnswers a ON a.AnswerCode = o.ValueCode UNION ALL SELECT CAST(2 AS tinyint) AS Source, r.ResultID AS ID, r.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, rc.LoincCode AS LoincCode, CAST(NULL AS varchar(18)) AS SnomedCode, rc.Name AS Name, r.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, r.Value AS Amount, r.Comparator AS Comparator, rc.Unit AS Unit, rc.UcumCode AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, CASE WHEN r.Value IS NULL THEN r.ValueText END AS ValueText, CASE WHEN r.Value IS NULL AND r.ValueText IS NULL THEN COALESCE(r.AbsentReasonCode, 'unknown') END AS AbsentReasonCode, r.AbnormalFlagCode AS AbnormalFlagCode, r.ReferenceLow AS ReferenceLow, r.ReferenceHigh AS ReferenceHigh, r.ReferenceText AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, r.UpdatedAt AS UpdatedAt FROM InvestigationResults r INNER JOIN Investigations i ON i.InvestigationID = r.InvestigationID INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode INNER JOIN ResultCodes rc ON rc.ResultCode = r.ResultCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode UNION ALL SELECT CAST(3 AS tinyint) AS Source, i.InvestigationID AS ID, i.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, ic.LoincCode AS LoincCode, ic.SnomedCode AS SnomedCode, ic.Name AS Name, i.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, CAST(NULL AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, CAST(NULL AS nvarchar(20)) AS Unit, CAST(NULL AS varchar(20)) AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, i.Conclusion AS ValueText, CASE WHEN i.Conclusion IS NULL AND NOT EXISTS (SELECT 1 FROM InvestigationResults x WHERE x.InvestigationID = i.InvestigationID) THEN 'temp-unknown' END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, i.UpdatedAt AS UpdatedAt FROM Investigations i INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode) AS [t0] WHERE ([t0].[ValueText] LIKE @p2 ESCAPE '\' OR [t0].[AnswerName] LIKE @p3 ESCAPE '\') ORDER BY [t0].[Source], [t0].[ID]
-- @p1 Int, @p2 NVarChar, @p3 NVarChar

-- Observation?data-absent-reason (code)
-- Observation?data-absent-reason (systemCode)
SELECT TOP (@p1) [t0].[Source], [t0].[ID], [t0].[UpdatedAt], [t0].[Status], [t0].[LoincCode], [t0].[SnomedCode], [t0].[Name], [t0].[ProfileKey] FROM (SELECT CAST(1 AS tinyint) AS Source, o.ObservationID AS ID, o.InternalID AS InternalID, o.VisitID AS VisitID, o.ObservationTypeCode AS ProfileKey, t.CategoryCode AS CategoryCode, CAST(NULL AS varchar(4)) AS DisciplineCode, t.LoincCode AS LoincCode, t.SnomedCode AS SnomedCode, t.Name AS Name, o.ObservationStatusCode AS Status, CAST(NULL AS datetimeoffset(0)) AS CollectedAt, o.ObservedAt AS ObservedAt, CAST(NULL AS datetimeoffset(3)) AS ReportedAt, o.RecordedByID AS PractitionerID, CAST(NULL AS int) AS OrganisationID, CAST(o.Value AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, t.Unit AS Unit, t.UcumCode AS UcumCode, o.ValueCode AS ValueCode, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL THEN o.ValueText END AS ValueText, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL AND o.ValueText IS NULL THEN COALESCE(o.AbsentReasonCode, CASE WHEN o.ObservationTypeCode <> 'BP' THEN 'unknown' END) END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, CAST(NULL AS varchar(30)) AS SpecimenSnomed, CAST(NULL AS nvarchar(60)) AS SpecimenName, a.Description AS AnswerName, COALESCE(o.Comment, CASE WHEN o.ValueCode IS NOT NULL THEN o.ValueText END) AS Note, o.UpdatedAt AS UpdatedAt FROM Observations o INNER JOIN ObservationTypes t ON t.ObservationTypeCode = o.ObservationTypeCode LEFT JOIN BodySites s ON s.BodySiteCode = o.BodySiteCode LEFT JOIN ObservationAnswers a ON a.AnswerCode = o.ValueCode UNION ALL SELECT CAST(2 AS tinyint) AS Source, r.ResultID AS ID, r.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, rc.LoincCode AS LoincCode, CAST(NULL AS varchar(18)) AS SnomedCode, rc.Name AS Name, r.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, r.Value AS Amount, r.Comparator AS Comparator, rc.Unit AS Unit, rc.UcumCode AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, CASE WHEN r.Value IS NULL THEN r.ValueText END AS ValueText, CASE WHEN r.Value IS NULL AND r.ValueText IS NULL THEN COALESCE(r.AbsentReasonCode, 'unknown') END AS AbsentReasonCode, r.AbnormalFlagCode AS AbnormalFlagCode, r.ReferenceLow AS ReferenceLow, r.ReferenceHigh AS ReferenceHigh, r.ReferenceText AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, r.UpdatedAt AS UpdatedAt FROM InvestigationResults r INNER JOIN Investigations i ON i.InvestigationID = r.InvestigationID INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode INNER JOIN ResultCodes rc ON rc.ResultCode = r.ResultCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode UNION ALL SELECT CAST(3 AS tinyint) AS Source, i.InvestigationID AS ID, i.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, ic.LoincCode AS LoincCode, ic.SnomedCode AS SnomedCode, ic.Name AS Name, i.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, CAST(NULL AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, CAST(NULL AS nvarchar(20)) AS Unit, CAST(NULL AS varchar(20)) AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, i.Conclusion AS ValueText, CASE WHEN i.Conclusion IS NULL AND NOT EXISTS (SELECT 1 FROM InvestigationResults x WHERE x.InvestigationID = i.InvestigationID) THEN 'temp-unknown' END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, i.UpdatedAt AS UpdatedAt FROM Investigations i INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode) AS [t0] WHERE [t0].[AbsentReasonCode] = @p2 ORDER BY [t0].[Source], [t0].[ID]
-- @p1 Int, @p2 VarChar

-- Observation?data-absent-reason (or)
SELECT TOP (@p1) [t0].[Source], [t0].[ID], [t0].[UpdatedAt], [t0].[Status], [t0].[LoincCode], [t0].[SnomedCode], [t0].[Name], [t0].[ProfileKey] FROM (SELECT CAST(1 AS tinyint) AS Source, o.ObservationID AS ID, o.InternalID AS InternalID, o.VisitID AS VisitID, o.ObservationTypeCode AS ProfileKey, t.CategoryCode AS CategoryCode, CAST(NULL AS varchar(4)) AS DisciplineCode, t.LoincCode AS LoincCode, t.SnomedCode AS SnomedCode, t.Name AS Name, o.ObservationStatusCode AS Status, CAST(NULL AS datetimeoffset(0)) AS CollectedAt, o.ObservedAt AS ObservedAt, CAST(NULL AS datetimeoffset(3)) AS ReportedAt, o.RecordedByID AS PractitionerID, CAST(NULL AS int) AS OrganisationID, CAST(o.Value AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, t.Unit AS Unit, t.UcumCode AS UcumCode, o.ValueCode AS ValueCode, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL THEN o.ValueText END AS ValueText, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL AND o.ValueText IS NULL THEN COALESCE(o.AbsentReasonCode, CASE WHEN o.ObservationTypeCode <> 'BP' THEN 'unknown' END) END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, CAST(NULL AS varchar(30)) AS SpecimenSnomed, CAST(NULL AS nvarchar(60)) AS SpecimenName, a.Description AS AnswerName, COALESCE(o.Comment, CASE WHEN o.ValueCode IS NOT NULL THEN o.ValueText END) AS Note, o.UpdatedAt AS UpdatedAt FROM Observations o INNER JOIN ObservationTypes t ON t.ObservationTypeCode = o.ObservationTypeCode LEFT JOIN BodySites s ON s.BodySiteCode = o.BodySiteCode LEFT JOIN ObservationAnswers a ON a.AnswerCode = o.ValueCode UNION ALL SELECT CAST(2 AS tinyint) AS Source, r.ResultID AS ID, r.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, rc.LoincCode AS LoincCode, CAST(NULL AS varchar(18)) AS SnomedCode, rc.Name AS Name, r.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, r.Value AS Amount, r.Comparator AS Comparator, rc.Unit AS Unit, rc.UcumCode AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, CASE WHEN r.Value IS NULL THEN r.ValueText END AS ValueText, CASE WHEN r.Value IS NULL AND r.ValueText IS NULL THEN COALESCE(r.AbsentReasonCode, 'unknown') END AS AbsentReasonCode, r.AbnormalFlagCode AS AbnormalFlagCode, r.ReferenceLow AS ReferenceLow, r.ReferenceHigh AS ReferenceHigh, r.ReferenceText AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, r.UpdatedAt AS UpdatedAt FROM InvestigationResults r INNER JOIN Investigations i ON i.InvestigationID = r.InvestigationID INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode INNER JOIN ResultCodes rc ON rc.ResultCode = r.ResultCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode UNION ALL SELECT CAST(3 AS tinyint) AS Source, i.InvestigationID AS ID, i.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, ic.LoincCode AS LoincCode, ic.SnomedCode AS SnomedCode, ic.Name AS Name, i.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, CAST(NULL AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, CAST(NULL AS nvarchar(20)) AS Unit, CAST(NULL AS varchar(20)) AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, i.Conclusion AS ValueText, CASE WHEN i.Conclusion IS NULL AND NOT EXISTS (SELECT 1 FROM InvestigationResults x WHERE x.InvestigationID = i.InvestigationID) THEN 'temp-unknown' END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, i.UpdatedAt AS UpdatedAt FROM Investigations i INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode) AS [t0] WHERE [t0].[AbsentReasonCode] IN (@p2, @p3) ORDER BY [t0].[Source], [t0].[ID]
-- @p1 Int, @p2 VarChar, @p3 VarChar

-- Procedure?patient (bare)
-- Procedure?patient (typed)
-- Procedure?patient (absolute)
-- Procedure?subject (bare)
-- Procedure?subject (typed)
-- Procedure?subject (absolute)
SELECT TOP (@p1) [t0].[ProcedureID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[ProcedureStatusCode], [t0].[InternalID] FROM [Procedures] AS [t0] WHERE [t0].[InternalID] = @p2 ORDER BY [t0].[ProcedureID]
-- @p1 Int, @p2 Int

-- Procedure?patient (or)
-- Procedure?subject (or)
SELECT TOP (@p1) [t0].[ProcedureID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[ProcedureStatusCode], [t0].[InternalID] FROM [Procedures] AS [t0] WHERE [t0].[InternalID] IN (@p2, @p3) ORDER BY [t0].[ProcedureID]
-- @p1 Int, @p2 Int, @p3 Int

-- Procedure?code (code)
-- Procedure?code (systemCode)
SELECT TOP (@p1) [t0].[ProcedureID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[ProcedureStatusCode], [t0].[InternalID] FROM [Procedures] AS [t0] LEFT JOIN [ProcedureCodes] AS [t1] ON [t1].[ProcedureCode] = [t0].[ProcedureCode] WHERE [t1].[SnomedCode] = @p2 ORDER BY [t0].[ProcedureID]
-- @p1 Int, @p2 VarChar

-- Procedure?code (or)
SELECT TOP (@p1) [t0].[ProcedureID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[ProcedureStatusCode], [t0].[InternalID] FROM [Procedures] AS [t0] LEFT JOIN [ProcedureCodes] AS [t1] ON [t1].[ProcedureCode] = [t0].[ProcedureCode] WHERE [t1].[SnomedCode] IN (@p2, @p3) ORDER BY [t0].[ProcedureID]
-- @p1 Int, @p2 VarChar, @p3 VarChar

-- Procedure?date (day)
SELECT TOP (@p1) [t0].[ProcedureID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[ProcedureStatusCode], [t0].[InternalID] FROM [Procedures] AS [t0] WHERE (([t0].[PerformedStart] >= @p2 AND [t0].[PerformedEnd] < @p3) OR (([t0].[PerformedDate] >= @p4 AND [t0].[PerformedDate] < @p5) AND [t0].[PerformedStart] IS NULL)) ORDER BY [t0].[ProcedureID]
-- @p1 Int, @p2 DateTime, @p3 DateTime, @p4 Date, @p5 Date

-- Procedure?date (gt)
SELECT TOP (@p1) [t0].[ProcedureID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[ProcedureStatusCode], [t0].[InternalID] FROM [Procedures] AS [t0] WHERE (([t0].[PerformedEnd] >= @p2 OR ([t0].[PerformedEnd] IS NULL AND [t0].[PerformedStart] IS NOT NULL)) OR ([t0].[PerformedDate] >= @p3 AND [t0].[PerformedStart] IS NULL)) ORDER BY [t0].[ProcedureID]
-- @p1 Int, @p2 DateTime, @p3 Date

-- Procedure?date (lt)
SELECT TOP (@p1) [t0].[ProcedureID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[ProcedureStatusCode], [t0].[InternalID] FROM [Procedures] AS [t0] WHERE (([t0].[PerformedStart] < @p2 OR ([t0].[PerformedStart] IS NULL AND [t0].[PerformedEnd] IS NOT NULL)) OR ([t0].[PerformedDate] < @p3 AND [t0].[PerformedStart] IS NULL)) ORDER BY [t0].[ProcedureID]
-- @p1 Int, @p2 DateTime, @p3 Date

-- Procedure?date (ge)
SELECT TOP (@p1) [t0].[ProcedureID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[ProcedureStatusCode], [t0].[InternalID] FROM [Procedures] AS [t0] WHERE ((([t0].[PerformedEnd] >= @p2 OR ([t0].[PerformedEnd] IS NULL AND [t0].[PerformedStart] IS NOT NULL)) OR ([t0].[PerformedStart] >= @p3 AND [t0].[PerformedEnd] < @p4)) OR (([t0].[PerformedDate] >= @p5 OR ([t0].[PerformedDate] >= @p6 AND [t0].[PerformedDate] < @p7)) AND [t0].[PerformedStart] IS NULL)) ORDER BY [t0].[ProcedureID]
-- @p1 Int, @p2 DateTime, @p3 DateTime, @p4 DateTime, @p5 Date, @p6 Date, @p7 Date

-- Procedure?date (le)
SELECT TOP (@p1) [t0].[ProcedureID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[ProcedureStatusCode], [t0].[InternalID] FROM [Procedures] AS [t0] WHERE ((([t0].[PerformedStart] < @p2 OR ([t0].[PerformedStart] IS NULL AND [t0].[PerformedEnd] IS NOT NULL)) OR ([t0].[PerformedStart] >= @p3 AND [t0].[PerformedEnd] < @p4)) OR (([t0].[PerformedDate] < @p5 OR ([t0].[PerformedDate] >= @p6 AND [t0].[PerformedDate] < @p7)) AND [t0].[PerformedStart] IS NULL)) ORDER BY [t0].[ProcedureID]
-- @p1 Int, @p2 DateTime, @p3 DateTime, @p4 DateTime, @p5 Date, @p6 Date, @p7 Date

-- Procedure?date (and)
SELECT TOP (@p1) [t0].[ProcedureID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[ProcedureStatusCode], [t0].[InternalID] FROM [Procedures] AS [t0] WHERE (((([t0].[PerformedEnd] >= @p2 OR ([t0].[PerformedEnd] IS NULL AND [t0].[PerformedStart] IS NOT NULL)) OR ([t0].[PerformedStart] >= @p3 AND [t0].[PerformedEnd] < @p4)) OR (([t0].[PerformedDate] >= @p5 OR ([t0].[PerformedDate] >= @p6 AND [t0].[PerformedDate] < @p7)) AND [t0].[PerformedStart] IS NULL)) AND (([t0].[PerformedStart] < @p8 OR ([t0].[PerformedStart] IS NULL AND [t0].[PerformedEnd] IS NOT NULL)) OR ([t0].[PerformedDate] < @p9 AND [t0].[PerformedStart] IS NULL))) ORDER BY [t0].[ProcedureID]
-- @p1 Int, @p2 DateTime, @p3 DateTime, @p4 DateTime, @p5 Date, @p6 Date, @p7 Date, @p8 DateTime, @p9 Date

-- Procedure?status (code)
-- Procedure?status (systemCode)
SELECT TOP (@p1) [t0].[ProcedureID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[ProcedureStatusCode], [t0].[InternalID] FROM [Procedures] AS [t0] WHERE [t0].[ProcedureStatusCode] = @p2 ORDER BY [t0].[ProcedureID]
-- @p1 Int, @p2 VarChar

-- Procedure?status (or)
SELECT TOP (@p1) [t0].[ProcedureID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[ProcedureStatusCode], [t0].[InternalID] FROM [Procedures] AS [t0] WHERE [t0].[ProcedureStatusCode] IN (@p2, @p3) ORDER BY [t0].[ProcedureID]
-- @p1 Int, @p2 VarChar, @p3 VarChar

-- Procedure?encounter (bare)
-- Procedure?encounter (typed)
-- Procedure?encounter (absolute)
SELECT TOP (@p1) [t0].[ProcedureID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[ProcedureStatusCode], [t0].[InternalID] FROM [Procedures] AS [t0] WHERE [t0].[VisitID] = @p2 ORDER BY [t0].[ProcedureID]
-- @p1 Int, @p2 Int

-- Procedure?encounter (or)
SELECT TOP (@p1) [t0].[ProcedureID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[ProcedureStatusCode], [t0].[InternalID] FROM [Procedures] AS [t0] WHERE [t0].[VisitID] IN (@p2, @p3) ORDER BY [t0].[ProcedureID]
-- @p1 Int, @p2 Int, @p3 Int

-- Procedure?performer (bare)
-- Procedure?performer (typed)
-- Procedure?performer (absolute)
SELECT TOP (@p1) [t0].[ProcedureID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[ProcedureStatusCode], [t0].[InternalID] FROM [Procedures] AS [t0] WHERE [t0].[PerformedByID] = @p2 ORDER BY [t0].[ProcedureID]
-- @p1 Int, @p2 Int

-- Procedure?performer (or)
SELECT TOP (@p1) [t0].[ProcedureID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[ProcedureStatusCode], [t0].[InternalID] FROM [Procedures] AS [t0] WHERE [t0].[PerformedByID] IN (@p2, @p3) ORDER BY [t0].[ProcedureID]
-- @p1 Int, @p2 Int, @p3 Int

-- Procedure?reason-reference (bare)
-- Procedure?reason-reference (typed)
-- Procedure?reason-reference (absolute)
SELECT TOP (@p1) [t0].[ProcedureID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[ProcedureStatusCode], [t0].[InternalID] FROM [Procedures] AS [t0] LEFT JOIN [Conditions] AS [t1] ON [t1].[ConditionID] = [t0].[ReasonConditionID] AND [t1].[IsDeleted] = @p2 AND [t1].[IsConfidential] = @p3 WHERE [t1].[ConditionID] = @p4 ORDER BY [t0].[ProcedureID]
-- @p1 Int, @p2 Bit, @p3 Bit, @p4 Int

-- Procedure?reason-reference (or)
SELECT TOP (@p1) [t0].[ProcedureID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[ProcedureStatusCode], [t0].[InternalID] FROM [Procedures] AS [t0] LEFT JOIN [Conditions] AS [t1] ON [t1].[ConditionID] = [t0].[ReasonConditionID] AND [t1].[IsDeleted] = @p2 AND [t1].[IsConfidential] = @p3 WHERE [t1].[ConditionID] IN (@p4, @p5) ORDER BY [t0].[ProcedureID]
-- @p1 Int, @p2 Bit, @p3 Bit, @p4 Int, @p5 Int

-- RelatedPerson?patient (bare)
-- RelatedPerson?patient (typed)
-- RelatedPerson?patient (absolute)
SELECT TOP (@p1) [t0].[RelatedPersonID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive], [t0].[InternalID] FROM [RelatedPersons] AS [t0] WHERE [t0].[InternalID] = @p2 ORDER BY [t0].[RelatedPersonID]
-- @p1 Int, @p2 Int

-- RelatedPerson?patient (or)
SELECT TOP (@p1) [t0].[RelatedPersonID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive], [t0].[InternalID] FROM [RelatedPersons] AS [t0] WHERE [t0].[InternalID] IN (@p2, @p3) ORDER BY [t0].[RelatedPersonID]
-- @p1 Int, @p2 Int, @p3 Int

-- RelatedPerson?_id (one)
SELECT TOP (@p1) [t0].[RelatedPersonID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive], [t0].[InternalID] FROM [RelatedPersons] AS [t0] WHERE [t0].[RelatedPersonID] = @p2 ORDER BY [t0].[RelatedPersonID]
-- @p1 Int, @p2 Int

-- RelatedPerson?_id (or)
SELECT TOP (@p1) [t0].[RelatedPersonID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive], [t0].[InternalID] FROM [RelatedPersons] AS [t0] WHERE [t0].[RelatedPersonID] IN (@p2, @p3) ORDER BY [t0].[RelatedPersonID]
-- @p1 Int, @p2 Int, @p3 Int

-- RelatedPerson?name (whole)
-- RelatedPerson?name (beginning)
SELECT TOP (@p1) [t0].[RelatedPersonID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive], [t0].[InternalID] FROM [RelatedPersons] AS [t0] WHERE ([t0].[Surname] LIKE @p2 ESCAPE '\' OR [t0].[Firstname] LIKE @p3 ESCAPE '\' OR [t0].[Title] LIKE @p4 ESCAPE '\') ORDER BY [t0].[RelatedPersonID]
-- @p1 Int, @p2 NVarChar, @p3 NVarChar, @p4 NVarChar

-- RelatedPerson?relationship (code)
-- RelatedPerson?relationship (systemCode)
SELECT TOP (@p1) [t0].[RelatedPersonID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive], [t0].[InternalID] FROM [RelatedPersons] AS [t0] WHERE [t0].[RelationshipCode] = @p2 ORDER BY [t0].[RelatedPersonID]
-- @p1 Int, @p2 VarChar

-- RelatedPerson?relationship (or)
SELECT TOP (@p1) [t0].[RelatedPersonID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive], [t0].[InternalID] FROM [RelatedPersons] AS [t0] WHERE [t0].[RelationshipCode] IN (@p2, @p3) ORDER BY [t0].[RelatedPersonID]
-- @p1 Int, @p2 VarChar, @p3 VarChar

-- RelatedPerson?active (code)
SELECT TOP (@p1) [t0].[RelatedPersonID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive], [t0].[InternalID] FROM [RelatedPersons] AS [t0] WHERE [t0].[IsActive] = @p2 ORDER BY [t0].[RelatedPersonID]
-- @p1 Int, @p2 Bit

-- RelatedPerson?active (or)
SELECT TOP (@p1) [t0].[RelatedPersonID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive], [t0].[InternalID] FROM [RelatedPersons] AS [t0] WHERE [t0].[IsActive] IN (@p2, @p3) ORDER BY [t0].[RelatedPersonID]
-- @p1 Int, @p2 Bit, @p3 Bit

-- RelatedPerson?gender (code)
-- RelatedPerson?gender (systemCode)
SELECT TOP (@p1) [t0].[RelatedPersonID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive], [t0].[InternalID] FROM [RelatedPersons] AS [t0] WHERE [t0].[SexCode] = @p2 ORDER BY [t0].[RelatedPersonID]
-- @p1 Int, @p2 VarChar

-- RelatedPerson?gender (or)
SELECT TOP (@p1) [t0].[RelatedPersonID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive], [t0].[InternalID] FROM [RelatedPersons] AS [t0] WHERE [t0].[SexCode] IN (@p2, @p3) ORDER BY [t0].[RelatedPersonID]
-- @p1 Int, @p2 VarChar, @p3 VarChar

-- RelatedPerson?birthdate (day)
-- RelatedPerson?birthdate (and)
SELECT TOP (@p1) [t0].[RelatedPersonID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive], [t0].[InternalID] FROM [RelatedPersons] AS [t0] WHERE ([t0].[DOB] >= @p2 AND [t0].[DOB] < @p3) ORDER BY [t0].[RelatedPersonID]
-- @p1 Int, @p2 Date, @p3 Date

-- RelatedPerson?birthdate (gt)
-- RelatedPerson?birthdate (ge)
SELECT TOP (@p1) [t0].[RelatedPersonID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive], [t0].[InternalID] FROM [RelatedPersons] AS [t0] WHERE [t0].[DOB] >= @p2 ORDER BY [t0].[RelatedPersonID]
-- @p1 Int, @p2 Date

-- RelatedPerson?birthdate (lt)
-- RelatedPerson?birthdate (le)
SELECT TOP (@p1) [t0].[RelatedPersonID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive], [t0].[InternalID] FROM [RelatedPersons] AS [t0] WHERE [t0].[DOB] < @p2 ORDER BY [t0].[RelatedPersonID]
-- @p1 Int, @p2 Date

-- RelatedPerson?phone (code)
SELECT TOP (@p1) [t0].[RelatedPersonID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive], [t0].[InternalID] FROM [RelatedPersons] AS [t0] WHERE ([t0].[MobilePhone] = @p2 OR [t0].[HomePhone] = @p3) ORDER BY [t0].[RelatedPersonID]
-- @p1 Int, @p2 VarChar, @p3 VarChar

-- RelatedPerson?phone (or)
SELECT TOP (@p1) [t0].[RelatedPersonID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive], [t0].[InternalID] FROM [RelatedPersons] AS [t0] WHERE ([t0].[MobilePhone] IN (@p2, @p3) OR [t0].[HomePhone] IN (@p4, @p5)) ORDER BY [t0].[RelatedPersonID]
-- @p1 Int, @p2 VarChar, @p3 VarChar, @p4 VarChar, @p5 VarChar

-- RelatedPerson?email (code)
-- RelatedPerson?telecom (code)
-- RelatedPerson?telecom (systemCode)
SELECT TOP (@p1) [t0].[RelatedPersonID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive], [t0].[InternalID] FROM [RelatedPersons] AS [t0] WHERE [t0].[Email] = @p2 ORDER BY [t0].[RelatedPersonID]
-- @p1 Int, @p2 VarChar

-- RelatedPerson?email (or)
-- RelatedPerson?telecom (or)
SELECT TOP (@p1) [t0].[RelatedPersonID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive], [t0].[InternalID] FROM [RelatedPersons] AS [t0] WHERE [t0].[Email] IN (@p2, @p3) ORDER BY [t0].[RelatedPersonID]
-- @p1 Int, @p2 VarChar, @p3 VarChar

-- RelatedPerson?address (whole)
SELECT TOP (@p1) [t0].[RelatedPersonID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive], [t0].[InternalID] FROM [RelatedPersons] AS [t0] WHERE ([t0].[Address1] LIKE @p2 ESCAPE '\' OR [t0].[City] LIKE @p3 ESCAPE '\' OR 1 = 0 OR 1 = 0) ORDER BY [t0].[RelatedPersonID]
-- @p1 Int, @p2 NVarChar, @p3 NVarChar

-- RelatedPerson?address (beginning)
SELECT TOP (@p1) [t0].[RelatedPersonID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive], [t0].[InternalID] FROM [RelatedPersons] AS [t0] WHERE ([t0].[Address1] LIKE @p2 ESCAPE '\' OR [t0].[City] LIKE @p3 ESCAPE '\' OR [t0].[State] LIKE @p4 ESCAPE '\' OR [t0].[Postcode] LIKE @p5 ESCAPE '\') ORDER BY [t0].[RelatedPersonID]
-- @p1 Int, @p2 NVarChar, @p3 NVarChar, @p4 NVarChar, @p5 NVarChar

-- RelatedPerson?address-city (whole)
-- RelatedPerson?address-city (beginning)
SELECT TOP (@p1) [t0].[RelatedPersonID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive], [t0].[InternalID] FROM [RelatedPersons] AS [t0] WHERE [t0].[City] LIKE @p2 ESCAPE '\' ORDER BY [t0].[RelatedPersonID]
-- @p1 Int, @p2 NVarChar

-- RelatedPerson?address-state (whole)
-- RelatedPerson?address-state (beginning)
SELECT TOP (@p1) [t0].[RelatedPersonID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive], [t0].[InternalID] FROM [RelatedPersons] AS [t0] WHERE [t0].[State] LIKE @p2 ESCAPE '\' ORDER BY [t0].[RelatedPersonID]
-- @p1 Int, @p2 NVarChar

-- RelatedPerson?address-postalcode (whole)
-- RelatedPerson?address-postalcode (beginning)
SELECT TOP (@p1) [t0].[RelatedPersonID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive], [t0].[InternalID] FROM [RelatedPersons] AS [t0] WHERE [t0].[Postcode] LIKE @p2 ESCAPE '\' ORDER BY [t0].[RelatedPersonID]
-- @p1 Int, @p2 NVarChar

-- Appointment?actor (bare)
SELECT TOP (@p1) [t0].[AppointmentID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[AppointmentStatusCode], [t0].[InternalID], [t0].[PractitionerID], [t0].[LocationID] FROM [Appointments] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND ([t0].[InternalID] = @p3 OR [t0].[PractitionerID] = @p4 OR [t0].[LocationID] = @p5)) ORDER BY [t0].[AppointmentID]
-- @p1 Int, @p2 Bit, @p3 Int, @p4 Int, @p5 Int

-- Appointment?actor (typed)
-- Appointment?actor (absolute)
-- Appointment?patient (bare)
-- Appointment?patient (typed)
-- Appointment?patient (absolute)
SELECT TOP (@p1) [t0].[AppointmentID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[AppointmentStatusCode], [t0].[InternalID], [t0].[PractitionerID], [t0].[LocationID] FROM [Appointments] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[InternalID] = @p3) ORDER BY [t0].[AppointmentID]
-- @p1 Int, @p2 Bit, @p3 Int

-- Appointment?actor (or)
SELECT TOP (@p1) [t0].[AppointmentID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[AppointmentStatusCode], [t0].[InternalID], [t0].[PractitionerID], [t0].[LocationID] FROM [Appointments] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND ([t0].[InternalID] IN (@p3, @p4) OR [t0].[PractitionerID] IN (@p5, @p6) OR [t0].[LocationID] IN (@p7, @p8))) ORDER BY [t0].[AppointmentID]
-- @p1 Int, @p2 Bit, @p3 Int, @p4 Int, @p5 Int, @p6 Int, @p7 Int, @p8 Int

-- Appointment?appointment-type (code)
-- Appointment?appointment-type (systemCode)
SELECT TOP (@p1) [t0].[AppointmentID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[AppointmentStatusCode], [t0].[InternalID], [t0].[PractitionerID], [t0].[LocationID] FROM [Appointments] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[AppointmentTypeID] = @p3) ORDER BY [t0].[AppointmentID]
-- @p1 Int, @p2 Bit, @p3 Int

-- Appointment?appointment-type (or)
SELECT TOP (@p1) [t0].[AppointmentID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[AppointmentStatusCode], [t0].[InternalID], [t0].[PractitionerID], [t0].[LocationID] FROM [Appointments] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[AppointmentTypeID] IN (@p3, @p4)) ORDER BY [t0].[AppointmentID]
-- @p1 Int, @p2 Bit, @p3 Int, @p4 Int

-- Appointment?date (day)
SELECT TOP (@p1) [t0].[AppointmentID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[AppointmentStatusCode], [t0].[InternalID], [t0].[PractitionerID], [t0].[LocationID] FROM [Appointments] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND ([t0].[StartTime] >= @p3 AND [t0].[StartTime] < @p4)) ORDER BY [t0].[AppointmentID]
-- @p1 Int, @p2 Bit, @p3 DateTime, @p4 DateTime

-- Appointment?date (gt)
-- Appointment?date (ge)
SELECT TOP (@p1) [t0].[AppointmentID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[AppointmentStatusCode], [t0].[InternalID], [t0].[PractitionerID], [t0].[LocationID] FROM [Appointments] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[StartTime] >= @p3) ORDER BY [t0].[AppointmentID]
-- @p1 Int, @p2 Bit, @p3 DateTime

-- Appointment?date (lt)
-- Appointment?date (le)
SELECT TOP (@p1) [t0].[AppointmentID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[AppointmentStatusCode], [t0].[InternalID], [t0].[PractitionerID], [t0].[LocationID] FROM [Appointments] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[StartTime] < @p3) ORDER BY [t0].[AppointmentID]
-- @p1 Int, @p2 Bit, @p3 DateTime

-- Appointment?date (and)
SELECT TOP (@p1) [t0].[AppointmentID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[AppointmentStatusCode], [t0].[InternalID], [t0].[PractitionerID], [t0].[LocationID] FROM [Appointments] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[StartTime] >= @p3 AND [t0].[StartTime] < @p4) ORDER BY [t0].[AppointmentID]
-- @p1 Int, @p2 Bit, @p3 DateTime, @p4 DateTime

-- Appointment?location (bare)
-- Appointment?location (typed)
-- Appointment?location (absolute)
SELECT TOP (@p1) [t0].[AppointmentID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[AppointmentStatusCode], [t0].[InternalID], [t0].[PractitionerID], [t0].[LocationID] FROM [Appointments] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[LocationID] = @p3) ORDER BY [t0].[AppointmentID]
-- @p1 Int, @p2 Bit, @p3 Int

-- Appointment?location (or)
SELECT TOP (@p1) [t0].[AppointmentID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[AppointmentStatusCode], [t0].[InternalID], [t0].[PractitionerID], [t0].[LocationID] FROM [Appointments] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[LocationID] IN (@p3, @p4)) ORDER BY [t0].[AppointmentID]
-- @p1 Int, @p2 Bit, @p3 Int, @p4 Int

-- Appointment?patient (or)
SELECT TOP (@p1) [t0].[AppointmentID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[AppointmentStatusCode], [t0].[InternalID], [t0].[PractitionerID], [t0].[LocationID] FROM [Appointments] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[InternalID] IN (@p3, @p4)) ORDER BY [t0].[AppointmentID]
-- @p1 Int, @p2 Bit, @p3 Int, @p4 Int

-- Appointment?practitioner (bare)
-- Appointment?practitioner (typed)
-- Appointment?practitioner (absolute)
SELECT TOP (@p1) [t0].[AppointmentID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[AppointmentStatusCode], [t0].[InternalID], [t0].[PractitionerID], [t0].[LocationID] FROM [Appointments] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[PractitionerID] = @p3) ORDER BY [t0].[AppointmentID]
-- @p1 Int, @p2 Bit, @p3 Int

-- Appointment?practitioner (or)
SELECT TOP (@p1) [t0].[AppointmentID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[AppointmentStatusCode], [t0].[InternalID], [t0].[PractitionerID], [t0].[LocationID] FROM [Appointments] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[PractitionerID] IN (@p3, @p4)) ORDER BY [t0].[AppointmentID]
-- @p1 Int, @p2 Bit, @p3 Int, @p4 Int

-- Appointment?service-type (code)
-- Appointment?service-type (systemCode)
-- Appointment?service-type (or)
SELECT TOP (@p1) [t0].[AppointmentID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[AppointmentStatusCode], [t0].[InternalID], [t0].[PractitionerID], [t0].[LocationID] FROM [Appointments] AS [t0] LEFT JOIN [AppointmentTypes] AS [t1] ON [t1].[AppointmentTypeID] = [t0].[AppointmentTypeID] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t1].[ServiceTypeCode] = @p3) ORDER BY [t0].[AppointmentID]
-- @p1 Int, @p2 Bit, @p3 VarChar

-- Appointment?slot (bare)
-- Appointment?slot (typed)
-- Appointment?slot (absolute)
SELECT TOP (@p1) [t0].[AppointmentID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[AppointmentStatusCode], [t0].[InternalID], [t0].[PractitionerID], [t0].[LocationID] FROM [Appointments] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[SlotID] = @p3) ORDER BY [t0].[AppointmentID]
-- @p1 Int, @p2 Bit, @p3 Int

-- Appointment?slot (or)
SELECT TOP (@p1) [t0].[AppointmentID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[AppointmentStatusCode], [t0].[InternalID], [t0].[PractitionerID], [t0].[LocationID] FROM [Appointments] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[SlotID] IN (@p3, @p4)) ORDER BY [t0].[AppointmentID]
-- @p1 Int, @p2 Bit, @p3 Int, @p4 Int

-- Appointment?status (code)
-- Appointment?status (systemCode)
SELECT TOP (@p1) [t0].[AppointmentID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[AppointmentStatusCode], [t0].[InternalID], [t0].[PractitionerID], [t0].[LocationID] FROM [Appointments] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[AppointmentStatusCode] = @p3) ORDER BY [t0].[AppointmentID]
-- @p1 Int, @p2 Bit, @p3 TinyInt

-- Appointment?status (or)
SELECT TOP (@p1) [t0].[AppointmentID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[AppointmentStatusCode], [t0].[InternalID], [t0].[PractitionerID], [t0].[LocationID] FROM [Appointments] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[AppointmentStatusCode] IN (@p3, @p4)) ORDER BY [t0].[AppointmentID]
-- @p1 Int, @p2 Bit, @p3 TinyInt, @p4 TinyInt

-- Slot?schedule (bare)
-- Slot?schedule (typed)
-- Slot?schedule (absolute)
SELECT TOP (@p1) [t0].[SlotID], [t0].[UpdatedAt], [t0].[ScheduleID], [t0].[SlotStatusCode], [t0].[StartTime], [t0].[EndTime] FROM [Slots] AS [t0] WHERE [t0].[ScheduleID] = @p2 ORDER BY [t0].[SlotID]
-- @p1 Int, @p2 Int

-- Slot?schedule (or)
SELECT TOP (@p1) [t0].[SlotID], [t0].[UpdatedAt], [t0].[ScheduleID], [t0].[SlotStatusCode], [t0].[StartTime], [t0].[EndTime] FROM [Slots] AS [t0] WHERE [t0].[ScheduleID] IN (@p2, @p3) ORDER BY [t0].[SlotID]
-- @p1 Int, @p2 Int, @p3 Int

-- Slot?service-type (code)
-- Slot?service-type (systemCode)
-- Slot?service-type (or)
SELECT TOP (@p1) [t0].[SlotID], [t0].[UpdatedAt], [t0].[ScheduleID], [t0].[SlotStatusCode], [t0].[StartTime], [t0].[EndTime] FROM [Slots] AS [t0] LEFT JOIN [Schedules] AS [t1] ON [t1].[ScheduleID] = [t0].[ScheduleID] LEFT JOIN [HealthcareServices] AS [t2] ON [t2].[HealthcareServiceID] = [t1].[HealthcareServiceID] WHERE [t2].[ServiceTypeCode] = @p2 ORDER BY [t0].[SlotID]
-- @p1 Int, @p2 VarChar

-- Slot?start (day)
-- Slot?start (and)
SELECT TOP (@p1) [t0].[SlotID], [t0].[UpdatedAt], [t0].[ScheduleID], [t0].[SlotStatusCode], [t0].[StartTime], [t0].[EndTime] FROM [Slots] AS [t0] WHERE ([t0].[StartTime] >= @p2 AND [t0].[StartTime] < @p3) ORDER BY [t0].[SlotID]
-- @p1 Int, @p2 DateTime, @p3 DateTime

-- Slot?start (gt)
-- Slot?start (ge)
SELECT TOP (@p1) [t0].[SlotID], [t0].[UpdatedAt], [t0].[ScheduleID], [t0].[SlotStatusCode], [t0].[StartTime], [t0].[EndTime] FROM [Slots] AS [t0] WHERE [t0].[StartTime] >= @p2 ORDER BY [t0].[SlotID]
-- @p1 Int, @p2 DateTime

-- Slot?start (lt)
-- Slot?start (le)
SELECT TOP (@p1) [t0].[SlotID], [t0].[UpdatedAt], [t0].[ScheduleID], [t0].[SlotStatusCode], [t0].[StartTime], [t0].[EndTime] FROM [Slots] AS [t0] WHERE [t0].[StartTime] < @p2 ORDER BY [t0].[SlotID]
-- @p1 Int, @p2 DateTime

-- Slot?status (code)
-- Slot?status (systemCode)
SELECT TOP (@p1) [t0].[SlotID], [t0].[UpdatedAt], [t0].[ScheduleID], [t0].[SlotStatusCode], [t0].[StartTime], [t0].[EndTime] FROM [Slots] AS [t0] WHERE [t0].[SlotStatusCode] = @p2 ORDER BY [t0].[SlotID]
-- @p1 Int, @p2 VarChar

-- Slot?status (or)
SELECT TOP (@p1) [t0].[SlotID], [t0].[UpdatedAt], [t0].[ScheduleID], [t0].[SlotStatusCode], [t0].[StartTime], [t0].[EndTime] FROM [Slots] AS [t0] WHERE [t0].[SlotStatusCode] IN (@p2, @p3) ORDER BY [t0].[SlotID]
-- @p1 Int, @p2 VarChar, @p3 VarChar

-- Schedule?active (code)
SELECT TOP (@p1) [t0].[ScheduleID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive], [t0].[PractitionerID], [t0].[LocationID], [t0].[HealthcareServiceID] FROM [Schedules] AS [t0] WHERE [t0].[IsActive] = @p2 ORDER BY [t0].[ScheduleID]
-- @p1 Int, @p2 Bit

-- Schedule?active (or)
SELECT TOP (@p1) [t0].[ScheduleID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive], [t0].[PractitionerID], [t0].[LocationID], [t0].[HealthcareServiceID] FROM [Schedules] AS [t0] WHERE [t0].[IsActive] IN (@p2, @p3) ORDER BY [t0].[ScheduleID]
-- @p1 Int, @p2 Bit, @p3 Bit

-- Schedule?actor (bare)
SELECT TOP (@p1) [t0].[ScheduleID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive], [t0].[PractitionerID], [t0].[LocationID], [t0].[HealthcareServiceID] FROM [Schedules] AS [t0] WHERE ([t0].[PractitionerID] = @p2 OR [t0].[LocationID] = @p3 OR [t0].[HealthcareServiceID] = @p4) ORDER BY [t0].[ScheduleID]
-- @p1 Int, @p2 Int, @p3 Int, @p4 Int

-- Schedule?actor (typed)
-- Schedule?actor (absolute)
SELECT TOP (@p1) [t0].[ScheduleID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive], [t0].[PractitionerID], [t0].[LocationID], [t0].[HealthcareServiceID] FROM [Schedules] AS [t0] WHERE [t0].[LocationID] = @p2 ORDER BY [t0].[ScheduleID]
-- @p1 Int, @p2 Int

-- Schedule?actor (or)
SELECT TOP (@p1) [t0].[ScheduleID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive], [t0].[PractitionerID], [t0].[LocationID], [t0].[HealthcareServiceID] FROM [Schedules] AS [t0] WHERE ([t0].[PractitionerID] IN (@p2, @p3) OR [t0].[LocationID] IN (@p4, @p5) OR [t0].[HealthcareServiceID] IN (@p6, @p7)) ORDER BY [t0].[ScheduleID]
-- @p1 Int, @p2 Int, @p3 Int, @p4 Int, @p5 Int, @p6 Int, @p7 Int

-- Schedule?date (gt)
SELECT TOP (@p1) [t0].[ScheduleID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive], [t0].[PractitionerID], [t0].[LocationID], [t0].[HealthcareServiceID] FROM [Schedules] AS [t0] WHERE ([t0].[EndDate] >= @p2 OR ([t0].[EndDate] IS NULL AND [t0].[StartDate] IS NOT NULL)) ORDER BY [t0].[ScheduleID]
-- @p1 Int, @p2 Date

-- Schedule?date (lt)
SELECT TOP (@p1) [t0].[ScheduleID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive], [t0].[PractitionerID], [t0].[LocationID], [t0].[HealthcareServiceID] FROM [Schedules] AS [t0] WHERE ([t0].[StartDate] < @p2 OR ([t0].[StartDate] IS NULL AND [t0].[EndDate] IS NOT NULL)) ORDER BY [t0].[ScheduleID]
-- @p1 Int, @p2 Date

-- Schedule?date (ge)
SELECT TOP (@p1) [t0].[ScheduleID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive], [t0].[PractitionerID], [t0].[LocationID], [t0].[HealthcareServiceID] FROM [Schedules] AS [t0] WHERE (([t0].[EndDate] >= @p2 OR ([t0].[EndDate] IS NULL AND [t0].[StartDate] IS NOT NULL)) OR ([t0].[StartDate] >= @p3 AND [t0].[EndDate] < @p4)) ORDER BY [t0].[ScheduleID]
-- @p1 Int, @p2 Date, @p3 Date, @p4 Date

-- Schedule?date (le)
SELECT TOP (@p1) [t0].[ScheduleID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive], [t0].[PractitionerID], [t0].[LocationID], [t0].[HealthcareServiceID] FROM [Schedules] AS [t0] WHERE (([t0].[StartDate] < @p2 OR ([t0].[StartDate] IS NULL AND [t0].[EndDate] IS NOT NULL)) OR ([t0].[StartDate] >= @p3 AND [t0].[EndDate] < @p4)) ORDER BY [t0].[ScheduleID]
-- @p1 Int, @p2 Date, @p3 Date, @p4 Date

-- Schedule?date (and)
SELECT TOP (@p1) [t0].[ScheduleID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive], [t0].[PractitionerID], [t0].[LocationID], [t0].[HealthcareServiceID] FROM [Schedules] AS [t0] WHERE ((([t0].[EndDate] >= @p2 OR ([t0].[EndDate] IS NULL AND [t0].[StartDate] IS NOT NULL)) OR ([t0].[StartDate] >= @p3 AND [t0].[EndDate] < @p4)) AND ([t0].[StartDate] < @p5 OR ([t0].[StartDate] IS NULL AND [t0].[EndDate] IS NOT NULL))) ORDER BY [t0].[ScheduleID]
-- @p1 Int, @p2 Date, @p3 Date, @p4 Date, @p5 Date

-- Schedule?service-type (code)
-- Schedule?service-type (systemCode)
-- Schedule?service-type (or)
SELECT TOP (@p1) [t0].[ScheduleID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive], [t0].[PractitionerID], [t0].[LocationID], [t0].[HealthcareServiceID] FROM [Schedules] AS [t0] LEFT JOIN [HealthcareServices] AS [t1] ON [t1].[HealthcareServiceID] = [t0].[HealthcareServiceID] WHERE [t1].[ServiceTypeCode] = @p2 ORDER BY [t0].[ScheduleID]
-- @p1 Int, @p2 VarChar

-- DocumentReference?author (bare)
SELECT TOP (@p1) [t0].[DocumentID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[DocumentStatusCode] FROM [Documents] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND ([t0].[PractitionerID] = @p3 OR [t0].[AuthorOrganisationID] = @p4)) ORDER BY [t0].[DocumentID]
-- @p1 Int, @p2 Bit, @p3 Int, @p4 Int

-- DocumentReference?author (typed)
-- DocumentReference?author (absolute)
SELECT TOP (@p1) [t0].[DocumentID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[DocumentStatusCode] FROM [Documents] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[PractitionerID] = @p3) ORDER BY [t0].[DocumentID]
-- @p1 Int, @p2 Bit, @p3 Int

-- DocumentReference?author (or)
SELECT TOP (@p1) [t0].[DocumentID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[DocumentStatusCode] FROM [Documents] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND ([t0].[PractitionerID] IN (@p3, @p4) OR [t0].[AuthorOrganisationID] IN (@p5, @p6))) ORDER BY [t0].[DocumentID]
-- @p1 Int, @p2 Bit, @p3 Int, @p4 Int, @p5 Int, @p6 Int

-- DocumentReference?contenttype (code)
-- DocumentReference?contenttype (systemCode)
SELECT TOP (@p1) [t0].[DocumentID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[DocumentStatusCode] FROM [Documents] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[ContentType] = @p3) ORDER BY [t0].[DocumentID]
-- @p1 Int, @p2 Bit, @p3 VarChar

-- DocumentReference?contenttype (or)
SELECT TOP (@p1) [t0].[DocumentID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[DocumentStatusCode] FROM [Documents] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[ContentType] IN (@p3, @p4)) ORDER BY [t0].[DocumentID]
-- @p1 Int, @p2 Bit, @p3 VarChar, @p4 VarChar

-- DocumentReference?date (day)
SELECT TOP (@p1) [t0].[DocumentID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[DocumentStatusCode] FROM [Documents] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND (([t0].[DocumentDate] >= @p3 AND [t0].[DocumentDate] < @p4) OR (([t0].[ReceivedAt] >= @p5 AND [t0].[ReceivedAt] < @p6) AND [t0].[DocumentDate] IS NULL))) ORDER BY [t0].[DocumentID]
-- @p1 Int, @p2 Bit, @p3 DateTime, @p4 DateTime, @p5 DateTime2, @p6 DateTime2

-- DocumentReference?date (gt)
-- DocumentReference?date (ge)
SELECT TOP (@p1) [t0].[DocumentID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[DocumentStatusCode] FROM [Documents] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND ([t0].[DocumentDate] >= @p3 OR ([t0].[ReceivedAt] >= @p4 AND [t0].[DocumentDate] IS NULL))) ORDER BY [t0].[DocumentID]
-- @p1 Int, @p2 Bit, @p3 DateTime, @p4 DateTime2

-- DocumentReference?date (lt)
-- DocumentReference?date (le)
SELECT TOP (@p1) [t0].[DocumentID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[DocumentStatusCode] FROM [Documents] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND ([t0].[DocumentDate] < @p3 OR ([t0].[ReceivedAt] < @p4 AND [t0].[DocumentDate] IS NULL))) ORDER BY [t0].[DocumentID]
-- @p1 Int, @p2 Bit, @p3 DateTime, @p4 DateTime2

-- DocumentReference?date (and)
SELECT TOP (@p1) [t0].[DocumentID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[DocumentStatusCode] FROM [Documents] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND ([t0].[DocumentDate] >= @p3 OR ([t0].[ReceivedAt] >= @p4 AND [t0].[DocumentDate] IS NULL)) AND ([t0].[DocumentDate] < @p5 OR ([t0].[ReceivedAt] < @p6 AND [t0].[DocumentDate] IS NULL))) ORDER BY [t0].[DocumentID]
-- @p1 Int, @p2 Bit, @p3 DateTime, @p4 DateTime2, @p5 DateTime, @p6 DateTime2

-- DocumentReference?description (whole)
-- DocumentReference?description (beginning)
SELECT TOP (@p1) [t0].[DocumentID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[DocumentStatusCode] FROM [Documents] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[Description] LIKE @p3 ESCAPE '\') ORDER BY [t0].[DocumentID]
-- @p1 Int, @p2 Bit, @p3 NVarChar

-- DocumentReference?encounter (bare)
-- DocumentReference?encounter (typed)
-- DocumentReference?encounter (absolute)
SELECT TOP (@p1) [t0].[DocumentID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[DocumentStatusCode] FROM [Documents] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[VisitID] = @p3) ORDER BY [t0].[DocumentID]
-- @p1 Int, @p2 Bit, @p3 Int

-- DocumentReference?encounter (or)
SELECT TOP (@p1) [t0].[DocumentID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[DocumentStatusCode] FROM [Documents] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[VisitID] IN (@p3, @p4)) ORDER BY [t0].[DocumentID]
-- @p1 Int, @p2 Bit, @p3 Int, @p4 Int

-- DocumentReference?identifier (code)
-- DocumentReference?identifier (systemCode)
SELECT TOP (@p1) [t0].[DocumentID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[DocumentStatusCode] FROM [Documents] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[DocumentGuid] = @p3) ORDER BY [t0].[DocumentID]
-- @p1 Int, @p2 Bit, @p3 UniqueIdentifier

-- DocumentReference?identifier (or)
SELECT TOP (@p1) [t0].[DocumentID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[DocumentStatusCode] FROM [Documents] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[DocumentGuid] IN (@p3, @p4)) ORDER BY [t0].[DocumentID]
-- @p1 Int, @p2 Bit, @p3 UniqueIdentifier, @p4 UniqueIdentifier

-- DocumentReference?patient (bare)
-- DocumentReference?patient (typed)
-- DocumentReference?patient (absolute)
-- DocumentReference?subject (bare)
-- DocumentReference?subject (typed)
-- DocumentReference?subject (absolute)
SELECT TOP (@p1) [t0].[DocumentID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[DocumentStatusCode] FROM [Documents] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[InternalID] = @p3) ORDER BY [t0].[DocumentID]
-- @p1 Int, @p2 Bit, @p3 Int

-- DocumentReference?patient (or)
-- DocumentReference?subject (or)
SELECT TOP (@p1) [t0].[DocumentID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[DocumentStatusCode] FROM [Documents] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[InternalID] IN (@p3, @p4)) ORDER BY [t0].[DocumentID]
-- @p1 Int, @p2 Bit, @p3 Int, @p4 Int

-- DocumentReference?period (gt)
SELECT TOP (@p1) [t0].[DocumentID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[DocumentStatusCode] FROM [Documents] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND ([t0].[PeriodEnd] >= @p3 OR ([t0].[PeriodEnd] IS NULL AND [t0].[PeriodStart] IS NOT NULL))) ORDER BY [t0].[DocumentID]
-- @p1 Int, @p2 Bit, @p3 DateTime

-- DocumentReference?period (lt)
SELECT TOP (@p1) [t0].[DocumentID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[DocumentStatusCode] FROM [Documents] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND ([t0].[PeriodStart] < @p3 OR ([t0].[PeriodStart] IS NULL AND [t0].[PeriodEnd] IS NOT NULL))) ORDER BY [t0].[DocumentID]
-- @p1 Int, @p2 Bit, @p3 DateTime

-- DocumentReference?period (ge)
SELECT TOP (@p1) [t0].[DocumentID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[DocumentStatusCode] FROM [Documents] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND (([t0].[PeriodEnd] >= @p3 OR ([t0].[PeriodEnd] IS NULL AND [t0].[PeriodStart] IS NOT NULL)) OR ([t0].[PeriodStart] >= @p4 AND [t0].[PeriodEnd] < @p5))) ORDER BY [t0].[DocumentID]
-- @p1 Int, @p2 Bit, @p3 DateTime, @p4 DateTime, @p5 DateTime

-- DocumentReference?period (le)
SELECT TOP (@p1) [t0].[DocumentID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[DocumentStatusCode] FROM [Documents] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND (([t0].[PeriodStart] < @p3 OR ([t0].[PeriodStart] IS NULL AND [t0].[PeriodEnd] IS NOT NULL)) OR ([t0].[PeriodStart] >= @p4 AND [t0].[PeriodEnd] < @p5))) ORDER BY [t0].[DocumentID]
-- @p1 Int, @p2 Bit, @p3 DateTime, @p4 DateTime, @p5 DateTime

-- DocumentReference?period (and)
SELECT TOP (@p1) [t0].[DocumentID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[DocumentStatusCode] FROM [Documents] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND (([t0].[PeriodEnd] >= @p3 OR ([t0].[PeriodEnd] IS NULL AND [t0].[PeriodStart] IS NOT NULL)) OR ([t0].[PeriodStart] >= @p4 AND [t0].[PeriodEnd] < @p5)) AND ([t0].[PeriodStart] < @p6 OR ([t0].[PeriodStart] IS NULL AND [t0].[PeriodEnd] IS NOT NULL))) ORDER BY [t0].[DocumentID]
-- @p1 Int, @p2 Bit, @p3 DateTime, @p4 DateTime, @p5 DateTime, @p6 DateTime

-- DocumentReference?status (code)
-- DocumentReference?status (systemCode)
SELECT TOP (@p1) [t0].[DocumentID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[DocumentStatusCode] FROM [Documents] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[DocumentStatusCode] = @p3) ORDER BY [t0].[DocumentID]
-- @p1 Int, @p2 Bit, @p3 VarChar

-- DocumentReference?status (or)
SELECT TOP (@p1) [t0].[DocumentID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[DocumentStatusCode] FROM [Documents] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[DocumentStatusCode] IN (@p3, @p4)) ORDER BY [t0].[DocumentID]
-- @p1 Int, @p2 Bit, @p3 VarChar, @p4 VarChar

-- DocumentReference?type (code)
-- DocumentReference?type (systemCode)
SELECT TOP (@p1) [t0].[DocumentID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[DocumentStatusCode] FROM [Documents] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[DocumentTypeCode] = @p3) ORDER BY [t0].[DocumentID]
-- @p1 Int, @p2 Bit, @p3 VarChar

-- DocumentReference?type (or)
SELECT TOP (@p1) [t0].[DocumentID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[DocumentStatusCode] FROM [Documents] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[DocumentTypeCode] IN (@p3, @p4)) ORDER BY [t0].[DocumentID]
-- @p1 Int, @p2 Bit, @p3 VarChar, @p4 VarChar

-- Patient?birthdate&family (short)
-- Patient?birthdate&family (full)
SELECT TOP (@p1) [t0].[InternalID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[PatientStatusCode], [t0].[DeceasedDate] FROM [Patients] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[DOB] >= @p3 AND ([t0].[Surname] LIKE @p4 ESCAPE '\' OR [t0].[PreviousSurname] LIKE @p5 ESCAPE '\')) ORDER BY [t0].[InternalID]
-- @p1 Int, @p2 Bit, @p3 Date, @p4 NVarChar, @p5 NVarChar

-- Patient?birthdate&name (short)
-- Patient?birthdate&name (full)
SELECT TOP (@p1) [t0].[InternalID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[PatientStatusCode], [t0].[DeceasedDate] FROM [Patients] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[DOB] >= @p3 AND ([t0].[Surname] LIKE @p4 ESCAPE '\' OR [t0].[Firstname] LIKE @p5 ESCAPE '\' OR [t0].[Middlename] LIKE @p6 ESCAPE '\' OR [t0].[PreferredName] LIKE @p7 ESCAPE '\' OR [t0].[PreviousSurname] LIKE @p8 ESCAPE '\' OR [t0].[Title] LIKE @p9 ESCAPE '\')) ORDER BY [t0].[InternalID]
-- @p1 Int, @p2 Bit, @p3 Date, @p4 NVarChar, @p5 NVarChar, @p6 NVarChar, @p7 NVarChar, @p8 NVarChar, @p9 NVarChar

-- Patient?family&gender (short)
-- Patient?family&gender (full)
SELECT TOP (@p1) [t0].[InternalID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[PatientStatusCode], [t0].[DeceasedDate] FROM [Patients] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND ([t0].[Surname] LIKE @p3 ESCAPE '\' OR [t0].[PreviousSurname] LIKE @p4 ESCAPE '\') AND [t0].[SexCode] = @p5) ORDER BY [t0].[InternalID]
-- @p1 Int, @p2 Bit, @p3 NVarChar, @p4 NVarChar, @p5 VarChar

-- Patient?gender&name (short)
-- Patient?gender&name (full)
SELECT TOP (@p1) [t0].[InternalID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[PatientStatusCode], [t0].[DeceasedDate] FROM [Patients] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[SexCode] = @p3 AND ([t0].[Surname] LIKE @p4 ESCAPE '\' OR [t0].[Firstname] LIKE @p5 ESCAPE '\' OR [t0].[Middlename] LIKE @p6 ESCAPE '\' OR [t0].[PreferredName] LIKE @p7 ESCAPE '\' OR [t0].[PreviousSurname] LIKE @p8 ESCAPE '\' OR [t0].[Title] LIKE @p9 ESCAPE '\')) ORDER BY [t0].[InternalID]
-- @p1 Int, @p2 Bit, @p3 VarChar, @p4 NVarChar, @p5 NVarChar, @p6 NVarChar, @p7 NVarChar, @p8 NVarChar, @p9 NVarChar

-- AllergyIntolerance?patient&clinical-status (short)
-- AllergyIntolerance?patient&clinical-status (full)
SELECT TOP (@p1) [t0].[AllergyID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VerificationStatusCode], [t0].[ClinicalStatusCode], [t0].[InternalID] FROM [Allergies] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[InternalID] = @p3 AND (([t0].[ClinicalStatusCode] IN (@p4, @p5) OR ([t0].[ClinicalStatusCode] IS NULL OR [t0].[ClinicalStatusCode] = '')) AND ([t0].[VerificationStatusCode] <> @p6 OR [t0].[VerificationStatusCode] IS NULL))) ORDER BY [t0].[AllergyID]
-- @p1 Int, @p2 Bit, @p3 Int, @p4 VarChar, @p5 VarChar, @p6 VarChar

-- Condition?patient&category (short)
-- Condition?patient&category (full)
SELECT TOP (@p1) [t0].[ConditionID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VerificationStatusCode], [t0].[ClinicalStatusCode], [t0].[AbatementDate], [t0].[InternalID] FROM [Conditions] AS [t0] WHERE ([t0].[IsConfidential] = @p2 AND ([t0].[IsDeleted] <> @p3 OR [t0].[IsDeleted] IS NULL) AND [t0].[InternalID] = @p4 AND [t0].[CategoryCode] = @p5) ORDER BY [t0].[ConditionID]
-- @p1 Int, @p2 Bit, @p3 Bit, @p4 Int, @p5 VarChar

-- Condition?patient&clinical-status (short)
-- Condition?patient&clinical-status (full)
SELECT TOP (@p1) [t0].[ConditionID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VerificationStatusCode], [t0].[ClinicalStatusCode], [t0].[AbatementDate], [t0].[InternalID] FROM [Conditions] AS [t0] WHERE ([t0].[IsConfidential] = @p2 AND ([t0].[IsDeleted] <> @p3 OR [t0].[IsDeleted] IS NULL) AND [t0].[InternalID] = @p4 AND ([t0].[ClinicalStatusCode] = @p5 AND ([t0].[VerificationStatusCode] <> @p6 OR [t0].[VerificationStatusCode] IS NULL))) ORDER BY [t0].[ConditionID]
-- @p1 Int, @p2 Bit, @p3 Bit, @p4 Int, @p5 VarChar, @p6 VarChar

-- Condition?patient&category&clinical-status (short)
-- Condition?patient&category&clinical-status (full)
SELECT TOP (@p1) [t0].[ConditionID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VerificationStatusCode], [t0].[ClinicalStatusCode], [t0].[AbatementDate], [t0].[InternalID] FROM [Conditions] AS [t0] WHERE ([t0].[IsConfidential] = @p2 AND ([t0].[IsDeleted] <> @p3 OR [t0].[IsDeleted] IS NULL) AND [t0].[InternalID] = @p4 AND [t0].[CategoryCode] = @p5 AND ([t0].[ClinicalStatusCode] = @p6 AND ([t0].[VerificationStatusCode] <> @p7 OR [t0].[VerificationStatusCode] IS NULL))) ORDER BY [t0].[ConditionID]
-- @p1 Int, @p2 Bit, @p3 Bit, @p4 Int, @p5 VarChar, @p6 VarChar, @p7 VarChar

-- Condition?patient&code (short)
-- Condition?patient&code (full)
SELECT TOP (@p1) [t0].[ConditionID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VerificationStatusCode], [t0].[ClinicalStatusCode], [t0].[AbatementDate], [t0].[InternalID] FROM [Conditions] AS [t0] LEFT JOIN [ConditionCodes] AS [t1] ON [t1].[ConditionCode] = [t0].[ConditionCode] WHERE ([t0].[IsConfidential] = @p2 AND ([t0].[IsDeleted] <> @p3 OR [t0].[IsDeleted] IS NULL) AND [t0].[InternalID] = @p4 AND [t1].[SnomedCode] = @p5) ORDER BY [t0].[ConditionID]
-- @p1 Int, @p2 Bit, @p3 Bit, @p4 Int, @p5 VarChar

-- Condition?patient&onset-date (short)
SELECT TOP (@p1) [t0].[ConditionID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VerificationStatusCode], [t0].[ClinicalStatusCode], [t0].[AbatementDate], [t0].[InternalID] FROM [Conditions] AS [t0] WHERE ([t0].[IsConfidential] = @p2 AND ([t0].[IsDeleted] <> @p3 OR [t0].[IsDeleted] IS NULL) AND [t0].[InternalID] = @p4 AND [t0].[OnsetDate] >= @p5) ORDER BY [t0].[ConditionID]
-- @p1 Int, @p2 Bit, @p3 Bit, @p4 Int, @p5 Date

-- Condition?patient&onset-date (full)
SELECT TOP (@p1) [t0].[ConditionID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VerificationStatusCode], [t0].[ClinicalStatusCode], [t0].[AbatementDate], [t0].[InternalID] FROM [Conditions] AS [t0] WHERE ([t0].[IsConfidential] = @p2 AND ([t0].[IsDeleted] <> @p3 OR [t0].[IsDeleted] IS NULL) AND [t0].[InternalID] = @p4 AND ([t0].[OnsetDate] >= @p5 OR ([t0].[OnsetDate] >= @p6 AND [t0].[OnsetDate] < @p7)) AND ([t0].[OnsetDate] < @p8 OR ([t0].[OnsetDate] >= @p9 AND [t0].[OnsetDate] < @p10))) ORDER BY [t0].[ConditionID]
-- @p1 Int, @p2 Bit, @p3 Bit, @p4 Int, @p5 Date, @p6 Date, @p7 Date, @p8 Date, @p9 Date, @p10 Date

-- Encounter?date&patient (short)
SELECT TOP (@p1) [t0].[VisitID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VisitStatusCode], [t0].[VisitClassCode] FROM [Visits] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND (([t0].[EndTime] >= @p3 OR ([t0].[EndTime] IS NULL AND [t0].[StartTime] IS NOT NULL)) OR ([t0].[StartTime] >= @p4 AND [t0].[EndTime] < @p5)) AND [t0].[InternalID] = @p6) ORDER BY [t0].[VisitID]
-- @p1 Int, @p2 Bit, @p3 DateTime, @p4 DateTime, @p5 DateTime, @p6 Int

-- Encounter?date&patient (full)
SELECT TOP (@p1) [t0].[VisitID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VisitStatusCode], [t0].[VisitClassCode] FROM [Visits] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND (([t0].[EndTime] >= @p3 OR ([t0].[EndTime] IS NULL AND [t0].[StartTime] IS NOT NULL)) OR ([t0].[StartTime] >= @p4 AND [t0].[EndTime] < @p5)) AND (([t0].[StartTime] < @p6 OR ([t0].[StartTime] IS NULL AND [t0].[EndTime] IS NOT NULL)) OR ([t0].[StartTime] >= @p7 AND [t0].[EndTime] < @p8)) AND [t0].[InternalID] = @p9) ORDER BY [t0].[VisitID]
-- @p1 Int, @p2 Bit, @p3 DateTime, @p4 DateTime, @p5 DateTime, @p6 DateTime, @p7 DateTime, @p8 DateTime, @p9 Int

-- Encounter?class&patient (short)
-- Encounter?class&patient (full)
SELECT TOP (@p1) [t0].[VisitID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VisitStatusCode], [t0].[VisitClassCode] FROM [Visits] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[VisitClassCode] = @p3 AND [t0].[InternalID] = @p4) ORDER BY [t0].[VisitID]
-- @p1 Int, @p2 Bit, @p3 VarChar, @p4 Int

-- Encounter?patient&location (short)
-- Encounter?patient&location (full)
SELECT TOP (@p1) [t0].[VisitID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VisitStatusCode], [t0].[VisitClassCode] FROM [Visits] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[InternalID] = @p3 AND [t0].[LocationID] = @p4) ORDER BY [t0].[VisitID]
-- @p1 Int, @p2 Bit, @p3 Int, @p4 Int

-- Encounter?patient&status (short)
-- Encounter?patient&status (full)
SELECT TOP (@p1) [t0].[VisitID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VisitStatusCode], [t0].[VisitClassCode] FROM [Visits] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[InternalID] = @p3 AND [t0].[VisitStatusCode] = @p4) ORDER BY [t0].[VisitID]
-- @p1 Int, @p2 Bit, @p3 Int, @p4 VarChar

-- Immunization?patient&status (short)
-- Immunization?patient&status (full)
SELECT TOP (@p1) [t0].[ImmunisationID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[ImmunisationStatusCode], [t1].[AmtCode], [t1].[AirCode], [t1].[Name], [t0].[VaccineText], [t0].[InternalID], [t0].[GivenDate], [t0].[GivenText] FROM [Immunisations] AS [t0] LEFT JOIN [Vaccines] AS [t1] ON [t1].[VaccineID] = [t0].[VaccineID] WHERE ([t0].[InternalID] = @p2 AND [t0].[ImmunisationStatusCode] = @p3) ORDER BY [t0].[ImmunisationID]
-- @p1 Int, @p2 Int, @p3 VarChar

-- Immunization?patient&date (short)
SELECT TOP (@p1) [t0].[ImmunisationID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[ImmunisationStatusCode], [t1].[AmtCode], [t1].[AirCode], [t1].[Name], [t0].[VaccineText], [t0].[InternalID], [t0].[GivenDate], [t0].[GivenText] FROM [Immunisations] AS [t0] LEFT JOIN [Vaccines] AS [t1] ON [t1].[VaccineID] = [t0].[VaccineID] WHERE ([t0].[InternalID] = @p2 AND [t0].[GivenDate] >= @p3) ORDER BY [t0].[ImmunisationID]
-- @p1 Int, @p2 Int, @p3 Date

-- Immunization?patient&date (full)
SELECT TOP (@p1) [t0].[ImmunisationID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[ImmunisationStatusCode], [t1].[AmtCode], [t1].[AirCode], [t1].[Name], [t0].[VaccineText], [t0].[InternalID], [t0].[GivenDate], [t0].[GivenText] FROM [Immunisations] AS [t0] LEFT JOIN [Vaccines] AS [t1] ON [t1].[VaccineID] = [t0].[VaccineID] WHERE ([t0].[InternalID] = @p2 AND ([t0].[GivenDate] >= @p3 OR ([t0].[GivenDate] >= @p4 AND [t0].[GivenDate] < @p5)) AND ([t0].[GivenDate] < @p6 OR ([t0].[GivenDate] >= @p7 AND [t0].[GivenDate] < @p8))) ORDER BY [t0].[ImmunisationID]
-- @p1 Int, @p2 Int, @p3 Date, @p4 Date, @p5 Date, @p6 Date, @p7 Date, @p8 Date

-- MedicationRequest?patient&status (short)
-- MedicationRequest?patient&status (full)
SELECT TOP (@p1) [t0].[PrescriptionID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[PrescriptionStatusCode], [t0].[IntentCode], [t0].[DrugText], [t0].[DrugID], [t1].[PbsCode], [t1].[AmtCode], [t0].[InternalID] FROM [Prescriptions] AS [t0] LEFT JOIN [Drugs] AS [t1] ON [t1].[DrugID] = [t0].[DrugID] WHERE ([t0].[InternalID] = @p2 AND [t0].[PrescriptionStatusCode] = @p3) ORDER BY [t0].[PrescriptionID]
-- @p1 Int, @p2 Int, @p3 VarChar

-- MedicationRequest?patient&intent (short)
-- MedicationRequest?patient&intent (full)
SELECT TOP (@p1) [t0].[PrescriptionID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[PrescriptionStatusCode], [t0].[IntentCode], [t0].[DrugText], [t0].[DrugID], [t1].[PbsCode], [t1].[AmtCode], [t0].[InternalID] FROM [Prescriptions] AS [t0] LEFT JOIN [Drugs] AS [t1] ON [t1].[DrugID] = [t0].[DrugID] WHERE ([t0].[InternalID] = @p2 AND ([t0].[IntentCode] = @p3 OR ([t0].[IntentCode] <> '' AND CASE WHEN [t0].[IntentCode] IN (@p4, @p5, @p6, @p7) THEN 1 ELSE 0 END = 0))) ORDER BY [t0].[PrescriptionID]
-- @p1 Int, @p2 Int, @p3 VarChar, @p4 VarChar, @p5 VarChar, @p6 VarChar, @p7 VarChar

-- MedicationRequest?patient&intent&status (short)
-- MedicationRequest?patient&intent&status (full)
SELECT TOP (@p1) [t0].[PrescriptionID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[PrescriptionStatusCode], [t0].[IntentCode], [t0].[DrugText], [t0].[DrugID], [t1].[PbsCode], [t1].[AmtCode], [t0].[InternalID] FROM [Prescriptions] AS [t0] LEFT JOIN [Drugs] AS [t1] ON [t1].[DrugID] = [t0].[DrugID] WHERE ([t0].[InternalID] = @p2 AND ([t0].[IntentCode] = @p3 OR ([t0].[IntentCode] <> '' AND CASE WHEN [t0].[IntentCode] IN (@p4, @p5, @p6, @p7) THEN 1 ELSE 0 END = 0)) AND [t0].[PrescriptionStatusCode] = @p8) ORDER BY [t0].[PrescriptionID]
-- @p1 Int, @p2 Int, @p3 VarChar, @p4 VarChar, @p5 VarChar, @p6 VarChar, @p7 VarChar, @p8 VarChar

-- MedicationRequest?patient&intent&authoredon (short)
SELECT TOP (@p1) [t0].[PrescriptionID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[PrescriptionStatusCode], [t0].[IntentCode], [t0].[DrugText], [t0].[DrugID], [t1].[PbsCode], [t1].[AmtCode], [t0].[InternalID] FROM [Prescriptions] AS [t0] LEFT JOIN [Drugs] AS [t1] ON [t1].[DrugID] = [t0].[DrugID] WHERE ([t0].[InternalID] = @p2 AND ([t0].[IntentCode] = @p3 OR ([t0].[IntentCode] <> '' AND CASE WHEN [t0].[IntentCode] IN (@p4, @p5, @p6, @p7) THEN 1 ELSE 0 END = 0)) AND [t0].[PrescribedAt] >= @p8) ORDER BY [t0].[PrescriptionID]
-- @p1 Int, @p2 Int, @p3 VarChar, @p4 VarChar, @p5 VarChar, @p6 VarChar, @p7 VarChar, @p8 DateTime

-- MedicationRequest?patient&intent&authoredon (full)
SELECT TOP (@p1) [t0].[PrescriptionID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[PrescriptionStatusCode], [t0].[IntentCode], [t0].[DrugText], [t0].[DrugID], [t1].[PbsCode], [t1].[AmtCode], [t0].[InternalID] FROM [Prescriptions] AS [t0] LEFT JOIN [Drugs] AS [t1] ON [t1].[DrugID] = [t0].[DrugID] WHERE ([t0].[InternalID] = @p2 AND ([t0].[IntentCode] = @p3 OR ([t0].[IntentCode] <> '' AND CASE WHEN [t0].[IntentCode] IN (@p4, @p5, @p6, @p7) THEN 1 ELSE 0 END = 0)) AND [t0].[PrescribedAt] >= @p8 AND [t0].[PrescribedAt] < @p9) ORDER BY [t0].[PrescriptionID]
-- @p1 Int, @p2 Int, @p3 VarChar, @p4 VarChar, @p5 VarChar, @p6 VarChar, @p7 VarChar, @p8 DateTime, @p9 DateTime

-- MedicationStatement?patient&status (short)
-- MedicationStatement?patient&status (full)
SELECT TOP (@p1) [t0].[MedicationID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[MedicationStatusCode], [t0].[DrugText], [t0].[DrugID], [t1].[PbsCode], [t1].[AmtCode], [t0].[InternalID] FROM [Medications] AS [t0] LEFT JOIN [Drugs] AS [t1] ON [t1].[DrugID] = [t0].[DrugID] WHERE ([t0].[InternalID] = @p2 AND [t0].[MedicationStatusCode] = @p3) ORDER BY [t0].[MedicationID]
-- @p1 Int, @p2 Int, @p3 VarChar

-- MedicationStatement?patient&effective (short)
SELECT TOP (@p1) [t0].[MedicationID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[MedicationStatusCode], [t0].[DrugText], [t0].[DrugID], [t1].[PbsCode], [t1].[AmtCode], [t0].[InternalID] FROM [Medications] AS [t0] LEFT JOIN [Drugs] AS [t1] ON [t1].[DrugID] = [t0].[DrugID] WHERE ([t0].[InternalID] = @p2 AND (([t0].[EndDate] >= @p3 OR ([t0].[EndDate] IS NULL AND [t0].[StartDate] IS NOT NULL)) OR ([t0].[StartDate] >= @p4 AND [t0].[EndDate] < @p5))) ORDER BY [t0].[MedicationID]
-- @p1 Int, @p2 Int, @p3 Date, @p4 Date, @p5 Date

-- MedicationStatement?patient&effective (full)
SELECT TOP (@p1) [t0].[MedicationID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[MedicationStatusCode], [t0].[DrugText], [t0].[DrugID], [t1].[PbsCode], [t1].[AmtCode], [t0].[InternalID] FROM [Medications] AS [t0] LEFT JOIN [Drugs] AS [t1] ON [t1].[DrugID] = [t0].[DrugID] WHERE ([t0].[InternalID] = @p2 AND (([t0].[EndDate] >= @p3 OR ([t0].[EndDate] IS NULL AND [t0].[StartDate] IS NOT NULL)) OR ([t0].[StartDate] >= @p4 AND [t0].[EndDate] < @p5)) AND (([t0].[StartDate] < @p6 OR ([t0].[StartDate] IS NULL AND [t0].[EndDate] IS NOT NULL)) OR ([t0].[StartDate] >= @p7 AND [t0].[EndDate] < @p8))) ORDER BY [t0].[MedicationID]
-- @p1 Int, @p2 Int, @p3 Date, @p4 Date, @p5 Date, @p6 Date, @p7 Date, @p8 Date

-- Observation?patient&category (short)
-- Observation?patient&category (full)
SELECT TOP (@p1) [t0].[Source], [t0].[ID], [t0].[UpdatedAt], [t0].[Status], [t0].[LoincCode], [t0].[SnomedCode], [t0].[Name], [t0].[ProfileKey] FROM (SELECT CAST(1 AS tinyint) AS Source, o.ObservationID AS ID, o.InternalID AS InternalID, o.VisitID AS VisitID, o.ObservationTypeCode AS ProfileKey, t.CategoryCode AS CategoryCode, CAST(NULL AS varchar(4)) AS DisciplineCode, t.LoincCode AS LoincCode, t.SnomedCode AS SnomedCode, t.Name AS Name, o.ObservationStatusCode AS Status, CAST(NULL AS datetimeoffset(0)) AS CollectedAt, o.ObservedAt AS ObservedAt, CAST(NULL AS datetimeoffset(3)) AS ReportedAt, o.RecordedByID AS PractitionerID, CAST(NULL AS int) AS OrganisationID, CAST(o.Value AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, t.Unit AS Unit, t.UcumCode AS UcumCode, o.ValueCode AS ValueCode, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL THEN o.ValueText END AS ValueText, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL AND o.ValueText IS NULL THEN COALESCE(o.AbsentReasonCode, CASE WHEN o.ObservationTypeCode <> 'BP' THEN 'unknown' END) END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, CAST(NULL AS varchar(30)) AS SpecimenSnomed, CAST(NULL AS nvarchar(60)) AS SpecimenName, a.Description AS AnswerName, COALESCE(o.Comment, CASE WHEN o.ValueCode IS NOT NULL THEN o.ValueText END) AS Note, o.UpdatedAt AS UpdatedAt FROM Observations o INNER JOIN ObservationTypes t ON t.ObservationTypeCode = o.ObservationTypeCode LEFT JOIN BodySites s ON s.BodySiteCode = o.BodySiteCode LEFT JOIN ObservationAnswers a ON a.AnswerCode = o.ValueCode UNION ALL SELECT CAST(2 AS tinyint) AS Source, r.ResultID AS ID, r.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, rc.LoincCode AS LoincCode, CAST(NULL AS varchar(18)) AS SnomedCode, rc.Name AS Name, r.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, r.Value AS Amount, r.Comparator AS Comparator, rc.Unit AS Unit, rc.UcumCode AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, CASE WHEN r.Value IS NULL THEN r.ValueText END AS ValueText, CASE WHEN r.Value IS NULL AND r.ValueText IS NULL THEN COALESCE(r.AbsentReasonCode, 'unknown') END AS AbsentReasonCode, r.AbnormalFlagCode AS AbnormalFlagCode, r.ReferenceLow AS ReferenceLow, r.ReferenceHigh AS ReferenceHigh, r.ReferenceText AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, r.UpdatedAt AS UpdatedAt FROM InvestigationResults r INNER JOIN Investigations i ON i.InvestigationID = r.InvestigationID INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode INNER JOIN ResultCodes rc ON rc.ResultCode = r.ResultCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode UNION ALL SELECT CAST(3 AS tinyint) AS Source, i.InvestigationID AS ID, i.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, ic.LoincCode AS LoincCode, ic.SnomedCode AS SnomedCode, ic.Name AS Name, i.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, CAST(NULL AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, CAST(NULL AS nvarchar(20)) AS Unit, CAST(NULL AS varchar(20)) AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, i.Conclusion AS ValueText, CASE WHEN i.Conclusion IS NULL AND NOT EXISTS (SELECT 1 FROM InvestigationResults x WHERE x.InvestigationID = i.InvestigationID) THEN 'temp-unknown' END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, i.UpdatedAt AS UpdatedAt FROM Investigations i INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode) AS [t0] WHERE ([t0].[InternalID] = @p2 AND [t0].[CategoryCode] = @p3) ORDER BY [t0].[Source], [t0].[ID]
-- @p1 Int, @p2 Int, @p3 VarChar

-- Observation?patient&category&date (short)
SELECT TOP (@p1) [t0].[Source], [t0].[ID], [t0].[UpdatedAt], [t0].[Status], [t0].[LoincCode], [t0].[SnomedCode], [t0].[Name], [t0].[ProfileKey] FROM (SELECT CAST(1 AS tinyint) AS Source, o.ObservationID AS ID, o.InternalID AS InternalID, o.VisitID AS VisitID, o.ObservationTypeCode AS ProfileKey, t.CategoryCode AS CategoryCode, CAST(NULL AS varchar(4)) AS DisciplineCode, t.LoincCode AS LoincCode, t.SnomedCode AS SnomedCode, t.Name AS Name, o.ObservationStatusCode AS Status, CAST(NULL AS datetimeoffset(0)) AS CollectedAt, o.ObservedAt AS ObservedAt, CAST(NULL AS datetimeoffset(3)) AS ReportedAt, o.RecordedByID AS PractitionerID, CAST(NULL AS int) AS OrganisationID, CAST(o.Value AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, t.Unit AS Unit, t.UcumCode AS UcumCode, o.ValueCode AS ValueCode, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL THEN o.ValueText END AS ValueText, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL AND o.ValueText IS NULL THEN COALESCE(o.AbsentReasonCode, CASE WHEN o.ObservationTypeCode <> 'BP' THEN 'unknown' END) END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, CAST(NULL AS varchar(30)) AS SpecimenSnomed, CAST(NULL AS nvarchar(60)) AS SpecimenName, a.Description AS AnswerName, COALESCE(o.Comment, CASE WHEN o.ValueCode IS NOT NULL THEN o.ValueText END) AS Note, o.UpdatedAt AS UpdatedAt FROM Observations o INNER JOIN ObservationTypes t ON t.ObservationTypeCode = o.ObservationTypeCode LEFT JOIN BodySites s ON s.BodySiteCode = o.BodySiteCode LEFT JOIN ObservationAnswers a ON a.AnswerCode = o.ValueCode UNION ALL SELECT CAST(2 AS tinyint) AS Source, r.ResultID AS ID, r.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, rc.LoincCode AS LoincCode, CAST(NULL AS varchar(18)) AS SnomedCode, rc.Name AS Name, r.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, r.Value AS Amount, r.Comparator AS Comparator, rc.Unit AS Unit, rc.UcumCode AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, CASE WHEN r.Value IS NULL THEN r.ValueText END AS ValueText, CASE WHEN r.Value IS NULL AND r.ValueText IS NULL THEN COALESCE(r.AbsentReasonCode, 'unknown') END AS AbsentReasonCode, r.AbnormalFlagCode AS AbnormalFlagCode, r.ReferenceLow AS ReferenceLow, r.ReferenceHigh AS ReferenceHigh, r.ReferenceText AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, r.UpdatedAt AS UpdatedAt FROM InvestigationResults r INNER JOIN Investigations i ON i.InvestigationID = r.InvestigationID INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode INNER JOIN ResultCodes rc ON rc.ResultCode = r.ResultCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode UNION ALL SELECT CAST(3 AS tinyint) AS Source, i.InvestigationID AS ID, i.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, ic.LoincCode AS LoincCode, ic.SnomedCode AS SnomedCode, ic.Name AS Name, i.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, CAST(NULL AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, CAST(NULL AS nvarchar(20)) AS Unit, CAST(NULL AS varchar(20)) AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, i.Conclusion AS ValueText, CASE WHEN i.Conclusion IS NULL AND NOT EXISTS (SELECT 1 FROM InvestigationResults x WHERE x.InvestigationID = i.InvestigationID) THEN 'temp-unknown' END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, i.UpdatedAt AS UpdatedAt FROM Investigations i INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode) AS [t0] WHERE ([t0].[InternalID] = @p2 AND [t0].[CategoryCode] = @p3 AND ([t0].[CollectedAt] >= @p4 OR [t0].[ObservedAt] >= @p5)) ORDER BY [t0].[Source], [t0].[ID]
-- @p1 Int, @p2 Int, @p3 VarChar, @p4 DateTimeOffset, @p5 DateTime

-- Observation?patient&category&date (full)
SELECT TOP (@p1) [t0].[Source], [t0].[ID], [t0].[UpdatedAt], [t0].[Status], [t0].[LoincCode], [t0].[SnomedCode], [t0].[Name], [t0].[ProfileKey] FROM (SELECT CAST(1 AS tinyint) AS Source, o.ObservationID AS ID, o.InternalID AS InternalID, o.VisitID AS VisitID, o.ObservationTypeCode AS ProfileKey, t.CategoryCode AS CategoryCode, CAST(NULL AS varchar(4)) AS DisciplineCode, t.LoincCode AS LoincCode, t.SnomedCode AS SnomedCode, t.Name AS Name, o.ObservationStatusCode AS Status, CAST(NULL AS datetimeoffset(0)) AS CollectedAt, o.ObservedAt AS ObservedAt, CAST(NULL AS datetimeoffset(3)) AS ReportedAt, o.RecordedByID AS PractitionerID, CAST(NULL AS int) AS OrganisationID, CAST(o.Value AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, t.Unit AS Unit, t.UcumCode AS UcumCode, o.ValueCode AS ValueCode, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL THEN o.ValueText END AS ValueText, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL AND o.ValueText IS NULL THEN COALESCE(o.AbsentReasonCode, CASE WHEN o.ObservationTypeCode <> 'BP' THEN 'unknown' END) END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, CAST(NULL AS varchar(30)) AS SpecimenSnomed, CAST(NULL AS nvarchar(60)) AS SpecimenName, a.Description AS AnswerName, COALESCE(o.Comment, CASE WHEN o.ValueCode IS NOT NULL THEN o.ValueText END) AS Note, o.UpdatedAt AS UpdatedAt FROM Observations o INNER JOIN ObservationTypes t ON t.ObservationTypeCode = o.ObservationTypeCode LEFT JOIN BodySites s ON s.BodySiteCode = o.BodySiteCode LEFT JOIN ObservationAnswers a ON a.AnswerCode = o.ValueCode UNION ALL SELECT CAST(2 AS tinyint) AS Source, r.ResultID AS ID, r.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, rc.LoincCode AS LoincCode, CAST(NULL AS varchar(18)) AS SnomedCode, rc.Name AS Name, r.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, r.Value AS Amount, r.Comparator AS Comparator, rc.Unit AS Unit, rc.UcumCode AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, CASE WHEN r.Value IS NULL THEN r.ValueText END AS ValueText, CASE WHEN r.Value IS NULL AND r.ValueText IS NULL THEN COALESCE(r.AbsentReasonCode, 'unknown') END AS AbsentReasonCode, r.AbnormalFlagCode AS AbnormalFlagCode, r.ReferenceLow AS ReferenceLow, r.ReferenceHigh AS ReferenceHigh, r.ReferenceText AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, r.UpdatedAt AS UpdatedAt FROM InvestigationResults r INNER JOIN Investigations i ON i.InvestigationID = r.InvestigationID INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode INNER JOIN ResultCodes rc ON rc.ResultCode = r.ResultCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode UNION ALL SELECT CAST(3 AS tinyint) AS Source, i.InvestigationID AS ID, i.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, ic.LoincCode AS LoincCode, ic.SnomedCode AS SnomedCode, ic.Name AS Name, i.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, CAST(NULL AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, CAST(NULL AS nvarchar(20)) AS Unit, CAST(NULL AS varchar(20)) AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, i.Conclusion AS ValueText, CASE WHEN i.Conclusion IS NULL AND NOT EXISTS (SELECT 1 FROM InvestigationResults x WHERE x.InvestigationID = i.InvestigationID) THEN 'temp-unknown' END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, i.UpdatedAt AS UpdatedAt FROM Investigations i INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode) AS [t0] WHERE ([t0].[InternalID] = @p2 AND [t0].[CategoryCode] = @p3 AND ([t0].[CollectedAt] >= @p4 OR [t0].[ObservedAt] >= @p5) AND ([t0].[CollectedAt] < @p6 OR [t0].[ObservedAt] < @p7)) ORDER BY [t0].[Source], [t0].[ID]
-- @p1 Int, @p2 Int, @p3 VarChar, @p4 DateTimeOffset, @p5 DateTime, @p6 DateTimeOffset, @p7 DateTime

-- Observation?patient&code (short)
SELECT TOP (@p1) [t0].[Source], [t0].[ID], [t0].[UpdatedAt], [t0].[Status], [t0].[LoincCode], [t0].[SnomedCode], [t0].[Name], [t0].[ProfileKey] FROM (SELECT CAST(1 AS tinyint) AS Source, o.ObservationID AS ID, o.InternalID AS InternalID, o.VisitID AS VisitID, o.ObservationTypeCode AS ProfileKey, t.CategoryCode AS CategoryCode, CAST(NULL AS varchar(4)) AS DisciplineCode, t.LoincCode AS LoincCode, t.SnomedCode AS SnomedCode, t.Name AS Name, o.ObservationStatusCode AS Status, CAST(NULL AS datetimeoffset(0)) AS CollectedAt, o.ObservedAt AS ObservedAt, CAST(NULL AS datetimeoffset(3)) AS ReportedAt, o.RecordedByID AS PractitionerID, CAST(NULL AS int) AS OrganisationID, CAST(o.Value AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, t.Unit AS Unit, t.UcumCode AS UcumCode, o.ValueCode AS ValueCode, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL THEN o.ValueText END AS ValueText, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL AND o.ValueText IS NULL THEN COALESCE(o.AbsentReasonCode, CASE WHEN o.ObservationTypeCode <> 'BP' THEN 'unknown' END) END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, CAST(NULL AS varchar(30)) AS SpecimenSnomed, CAST(NULL AS nvarchar(60)) AS SpecimenName, a.Description AS AnswerName, COALESCE(o.Comment, CASE WHEN o.ValueCode IS NOT NULL THEN o.ValueText END) AS Note, o.UpdatedAt AS UpdatedAt FROM Observations o INNER JOIN ObservationTypes t ON t.ObservationTypeCode = o.ObservationTypeCode LEFT JOIN BodySites s ON s.BodySiteCode = o.BodySiteCode LEFT JOIN ObservationAnswers a ON a.AnswerCode = o.ValueCode UNION ALL SELECT CAST(2 AS tinyint) AS Source, r.ResultID AS ID, r.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, rc.LoincCode AS LoincCode, CAST(NULL AS varchar(18)) AS SnomedCode, rc.Name AS Name, r.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, r.Value AS Amount, r.Comparator AS Comparator, rc.Unit AS Unit, rc.UcumCode AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, CASE WHEN r.Value IS NULL THEN r.ValueText END AS ValueText, CASE WHEN r.Value IS NULL AND r.ValueText IS NULL THEN COALESCE(r.AbsentReasonCode, 'unknown') END AS AbsentReasonCode, r.AbnormalFlagCode AS AbnormalFlagCode, r.ReferenceLow AS ReferenceLow, r.ReferenceHigh AS ReferenceHigh, r.ReferenceText AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, r.UpdatedAt AS UpdatedAt FROM InvestigationResults r INNER JOIN Investigations i ON i.InvestigationID = r.InvestigationID INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode INNER JOIN ResultCodes rc ON rc.ResultCode = r.ResultCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode UNION ALL SELECT CAST(3 AS tinyint) AS Source, i.InvestigationID AS ID, i.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, ic.LoincCode AS LoincCode, ic.SnomedCode AS SnomedCode, ic.Name AS Name, i.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, CAST(NULL AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, CAST(NULL AS nvarchar(20)) AS Unit, CAST(NULL AS varchar(20)) AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, i.Conclusion AS ValueText, CASE WHEN i.Conclusion IS NULL AND NOT EXISTS (SELECT 1 FROM InvestigationResults x WHERE x.InvestigationID = i.InvestigationID) THEN 'temp-unknown' END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, i.UpdatedAt AS UpdatedAt FROM Investigations i INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode) AS [t0] WHERE ([t0].[InternalID] = @p2 AND ([t0].[LoincCode] = @p3 OR [t0].[SnomedCode] = @p4)) ORDER BY [t0].[Source], [t0].[ID]
-- @p1 Int, @p2 Int, @p3 VarChar, @p4 VarChar

-- Observation?patient&code (full)
SELECT TOP (@p1) [t0].[Source], [t0].[ID], [t0].[UpdatedAt], [t0].[Status], [t0].[LoincCode], [t0].[SnomedCode], [t0].[Name], [t0].[ProfileKey] FROM (SELECT CAST(1 AS tinyint) AS Source, o.ObservationID AS ID, o.InternalID AS InternalID, o.VisitID AS VisitID, o.ObservationTypeCode AS ProfileKey, t.CategoryCode AS CategoryCode, CAST(NULL AS varchar(4)) AS DisciplineCode, t.LoincCode AS LoincCode, t.SnomedCode AS SnomedCode, t.Name AS Name, o.ObservationStatusCode AS Status, CAST(NULL AS datetimeoffset(0)) AS CollectedAt, o.ObservedAt AS ObservedAt, CAST(NULL AS datetimeoffset(3)) AS ReportedAt, o.RecordedByID AS PractitionerID, CAST(NULL AS int) AS OrganisationID, CAST(o.Value AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, t.Unit AS Unit, t.UcumCode AS UcumCode, o.ValueCode AS ValueCode, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL THEN o.ValueText END AS ValueText, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL AND o.ValueText IS NULL THEN COALESCE(o.AbsentReasonCode, CASE WHEN o.ObservationTypeCode <> 'BP' THEN 'unknown' END) END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, CAST(NULL AS varchar(30)) AS SpecimenSnomed, CAST(NULL AS nvarchar(60)) AS SpecimenName, a.Description AS AnswerName, COALESCE(o.Comment, CASE WHEN o.ValueCode IS NOT NULL THEN o.ValueText END) AS Note, o.UpdatedAt AS UpdatedAt FROM Observations o INNER JOIN ObservationTypes t ON t.ObservationTypeCode = o.ObservationTypeCode LEFT JOIN BodySites s ON s.BodySiteCode = o.BodySiteCode LEFT JOIN ObservationAnswers a ON a.AnswerCode = o.ValueCode UNION ALL SELECT CAST(2 AS tinyint) AS Source, r.ResultID AS ID, r.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, rc.LoincCode AS LoincCode, CAST(NULL AS varchar(18)) AS SnomedCode, rc.Name AS Name, r.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, r.Value AS Amount, r.Comparator AS Comparator, rc.Unit AS Unit, rc.UcumCode AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, CASE WHEN r.Value IS NULL THEN r.ValueText END AS ValueText, CASE WHEN r.Value IS NULL AND r.ValueText IS NULL THEN COALESCE(r.AbsentReasonCode, 'unknown') END AS AbsentReasonCode, r.AbnormalFlagCode AS AbnormalFlagCode, r.ReferenceLow AS ReferenceLow, r.ReferenceHigh AS ReferenceHigh, r.ReferenceText AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, r.UpdatedAt AS UpdatedAt FROM InvestigationResults r INNER JOIN Investigations i ON i.InvestigationID = r.InvestigationID INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode INNER JOIN ResultCodes rc ON rc.ResultCode = r.ResultCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode UNION ALL SELECT CAST(3 AS tinyint) AS Source, i.InvestigationID AS ID, i.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, ic.LoincCode AS LoincCode, ic.SnomedCode AS SnomedCode, ic.Name AS Name, i.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, CAST(NULL AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, CAST(NULL AS nvarchar(20)) AS Unit, CAST(NULL AS varchar(20)) AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, i.Conclusion AS ValueText, CASE WHEN i.Conclusion IS NULL AND NOT EXISTS (SELECT 1 FROM InvestigationResults x WHERE x.InvestigationID = i.InvestigationID) THEN 'temp-unknown' END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, i.UpdatedAt AS UpdatedAt FROM Investigations i INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode) AS [t0] WHERE ([t0].[InternalID] = @p2 AND [t0].[LoincCode] = @p3) ORDER BY [t0].[Source], [t0].[ID]
-- @p1 Int, @p2 Int, @p3 VarChar

-- Observation?patient&category&status (short)
-- Observation?patient&category&status (full)
SELECT TOP (@p1) [t0].[Source], [t0].[ID], [t0].[UpdatedAt], [t0].[Status], [t0].[LoincCode], [t0].[SnomedCode], [t0].[Name], [t0].[ProfileKey] FROM (SELECT CAST(1 AS tinyint) AS Source, o.ObservationID AS ID, o.InternalID AS InternalID, o.VisitID AS VisitID, o.ObservationTypeCode AS ProfileKey, t.CategoryCode AS CategoryCode, CAST(NULL AS varchar(4)) AS DisciplineCode, t.LoincCode AS LoincCode, t.SnomedCode AS SnomedCode, t.Name AS Name, o.ObservationStatusCode AS Status, CAST(NULL AS datetimeoffset(0)) AS CollectedAt, o.ObservedAt AS ObservedAt, CAST(NULL AS datetimeoffset(3)) AS ReportedAt, o.RecordedByID AS PractitionerID, CAST(NULL AS int) AS OrganisationID, CAST(o.Value AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, t.Unit AS Unit, t.UcumCode AS UcumCode, o.ValueCode AS ValueCode, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL THEN o.ValueText END AS ValueText, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL AND o.ValueText IS NULL THEN COALESCE(o.AbsentReasonCode, CASE WHEN o.ObservationTypeCode <> 'BP' THEN 'unknown' END) END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, CAST(NULL AS varchar(30)) AS SpecimenSnomed, CAST(NULL AS nvarchar(60)) AS SpecimenName, a.Description AS AnswerName, COALESCE(o.Comment, CASE WHEN o.ValueCode IS NOT NULL THEN o.ValueText END) AS Note, o.UpdatedAt AS UpdatedAt FROM Observations o INNER JOIN ObservationTypes t ON t.ObservationTypeCode = o.ObservationTypeCode LEFT JOIN BodySites s ON s.BodySiteCode = o.BodySiteCode LEFT JOIN ObservationAnswers a ON a.AnswerCode = o.ValueCode UNION ALL SELECT CAST(2 AS tinyint) AS Source, r.ResultID AS ID, r.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, rc.LoincCode AS LoincCode, CAST(NULL AS varchar(18)) AS SnomedCode, rc.Name AS Name, r.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, r.Value AS Amount, r.Comparator AS Comparator, rc.Unit AS Unit, rc.UcumCode AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, CASE WHEN r.Value IS NULL THEN r.ValueText END AS ValueText, CASE WHEN r.Value IS NULL AND r.ValueText IS NULL THEN COALESCE(r.AbsentReasonCode, 'unknown') END AS AbsentReasonCode, r.AbnormalFlagCode AS AbnormalFlagCode, r.ReferenceLow AS ReferenceLow, r.ReferenceHigh AS ReferenceHigh, r.ReferenceText AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, r.UpdatedAt AS UpdatedAt FROM InvestigationResults r INNER JOIN Investigations i ON i.InvestigationID = r.InvestigationID INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode INNER JOIN ResultCodes rc ON rc.ResultCode = r.ResultCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode UNION ALL SELECT CAST(3 AS tinyint) AS Source, i.InvestigationID AS ID, i.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, ic.LoincCode AS LoincCode, ic.SnomedCode AS SnomedCode, ic.Name AS Name, i.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, CAST(NULL AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, CAST(NULL AS nvarchar(20)) AS Unit, CAST(NULL AS varchar(20)) AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, i.Conclusion AS ValueText, CASE WHEN i.Conclusion IS NULL AND NOT EXISTS (SELECT 1 FROM InvestigationResults x WHERE x.InvestigationID = i.InvestigationID) THEN 'temp-unknown' END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, i.UpdatedAt AS UpdatedAt FROM Investigations i INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode) AS [t0] WHERE ([t0].[InternalID] = @p2 AND [t0].[CategoryCode] = @p3 AND [t0].[Status] = @p4) ORDER BY [t0].[Source], [t0].[ID]
-- @p1 Int, @p2 Int, @p3 VarChar, @p4 VarChar

-- Observation?patient&code&date (short)
SELECT TOP (@p1) [t0].[Source], [t0].[ID], [t0].[UpdatedAt], [t0].[Status], [t0].[LoincCode], [t0].[SnomedCode], [t0].[Name], [t0].[ProfileKey] FROM (SELECT CAST(1 AS tinyint) AS Source, o.ObservationID AS ID, o.InternalID AS InternalID, o.VisitID AS VisitID, o.ObservationTypeCode AS ProfileKey, t.CategoryCode AS CategoryCode, CAST(NULL AS varchar(4)) AS DisciplineCode, t.LoincCode AS LoincCode, t.SnomedCode AS SnomedCode, t.Name AS Name, o.ObservationStatusCode AS Status, CAST(NULL AS datetimeoffset(0)) AS CollectedAt, o.ObservedAt AS ObservedAt, CAST(NULL AS datetimeoffset(3)) AS ReportedAt, o.RecordedByID AS PractitionerID, CAST(NULL AS int) AS OrganisationID, CAST(o.Value AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, t.Unit AS Unit, t.UcumCode AS UcumCode, o.ValueCode AS ValueCode, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL THEN o.ValueText END AS ValueText, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL AND o.ValueText IS NULL THEN COALESCE(o.AbsentReasonCode, CASE WHEN o.ObservationTypeCode <> 'BP' THEN 'unknown' END) END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, CAST(NULL AS varchar(30)) AS SpecimenSnomed, CAST(NULL AS nvarchar(60)) AS SpecimenName, a.Description AS AnswerName, COALESCE(o.Comment, CASE WHEN o.ValueCode IS NOT NULL THEN o.ValueText END) AS Note, o.UpdatedAt AS UpdatedAt FROM Observations o INNER JOIN ObservationTypes t ON t.ObservationTypeCode = o.ObservationTypeCode LEFT JOIN BodySites s ON s.BodySiteCode = o.BodySiteCode LEFT JOIN ObservationAnswers a ON a.AnswerCode = o.ValueCode UNION ALL SELECT CAST(2 AS tinyint) AS Source, r.ResultID AS ID, r.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, rc.LoincCode AS LoincCode, CAST(NULL AS varchar(18)) AS SnomedCode, rc.Name AS Name, r.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, r.Value AS Amount, r.Comparator AS Comparator, rc.Unit AS Unit, rc.UcumCode AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, CASE WHEN r.Value IS NULL THEN r.ValueText END AS ValueText, CASE WHEN r.Value IS NULL AND r.ValueText IS NULL THEN COALESCE(r.AbsentReasonCode, 'unknown') END AS AbsentReasonCode, r.AbnormalFlagCode AS AbnormalFlagCode, r.ReferenceLow AS ReferenceLow, r.ReferenceHigh AS ReferenceHigh, r.ReferenceText AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, r.UpdatedAt AS UpdatedAt FROM InvestigationResults r INNER JOIN Investigations i ON i.InvestigationID = r.InvestigationID INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode INNER JOIN ResultCodes rc ON rc.ResultCode = r.ResultCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode UNION ALL SELECT CAST(3 AS tinyint) AS Source, i.InvestigationID AS ID, i.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, ic.LoincCode AS LoincCode, ic.SnomedCode AS SnomedCode, ic.Name AS Name, i.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, CAST(NULL AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, CAST(NULL AS nvarchar(20)) AS Unit, CAST(NULL AS varchar(20)) AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, i.Conclusion AS ValueText, CASE WHEN i.Conclusion IS NULL AND NOT EXISTS (SELECT 1 FROM InvestigationResults x WHERE x.InvestigationID = i.InvestigationID) THEN 'temp-unknown' END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, i.UpdatedAt AS UpdatedAt FROM Investigations i INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode) AS [t0] WHERE ([t0].[InternalID] = @p2 AND ([t0].[LoincCode] = @p3 OR [t0].[SnomedCode] = @p4) AND ([t0].[CollectedAt] >= @p5 OR [t0].[ObservedAt] >= @p6)) ORDER BY [t0].[Source], [t0].[ID]
-- @p1 Int, @p2 Int, @p3 VarChar, @p4 VarChar, @p5 DateTimeOffset, @p6 DateTime

-- Observation?patient&code&date (full)
SELECT TOP (@p1) [t0].[Source], [t0].[ID], [t0].[UpdatedAt], [t0].[Status], [t0].[LoincCode], [t0].[SnomedCode], [t0].[Name], [t0].[ProfileKey] FROM (SELECT CAST(1 AS tinyint) AS Source, o.ObservationID AS ID, o.InternalID AS InternalID, o.VisitID AS VisitID, o.ObservationTypeCode AS ProfileKey, t.CategoryCode AS CategoryCode, CAST(NULL AS varchar(4)) AS DisciplineCode, t.LoincCode AS LoincCode, t.SnomedCode AS SnomedCode, t.Name AS Name, o.ObservationStatusCode AS Status, CAST(NULL AS datetimeoffset(0)) AS CollectedAt, o.ObservedAt AS ObservedAt, CAST(NULL AS datetimeoffset(3)) AS ReportedAt, o.RecordedByID AS PractitionerID, CAST(NULL AS int) AS OrganisationID, CAST(o.Value AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, t.Unit AS Unit, t.UcumCode AS UcumCode, o.ValueCode AS ValueCode, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL THEN o.ValueText END AS ValueText, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL AND o.ValueText IS NULL THEN COALESCE(o.AbsentReasonCode, CASE WHEN o.ObservationTypeCode <> 'BP' THEN 'unknown' END) END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, CAST(NULL AS varchar(30)) AS SpecimenSnomed, CAST(NULL AS nvarchar(60)) AS SpecimenName, a.Description AS AnswerName, COALESCE(o.Comment, CASE WHEN o.ValueCode IS NOT NULL THEN o.ValueText END) AS Note, o.UpdatedAt AS UpdatedAt FROM Observations o INNER JOIN ObservationTypes t ON t.ObservationTypeCode = o.ObservationTypeCode LEFT JOIN BodySites s ON s.BodySiteCode = o.BodySiteCode LEFT JOIN ObservationAnswers a ON a.AnswerCode = o.ValueCode UNION ALL SELECT CAST(2 AS tinyint) AS Source, r.ResultID AS ID, r.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, rc.LoincCode AS LoincCode, CAST(NULL AS varchar(18)) AS SnomedCode, rc.Name AS Name, r.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, r.Value AS Amount, r.Comparator AS Comparator, rc.Unit AS Unit, rc.UcumCode AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, CASE WHEN r.Value IS NULL THEN r.ValueText END AS ValueText, CASE WHEN r.Value IS NULL AND r.ValueText IS NULL THEN COALESCE(r.AbsentReasonCode, 'unknown') END AS AbsentReasonCode, r.AbnormalFlagCode AS AbnormalFlagCode, r.ReferenceLow AS ReferenceLow, r.ReferenceHigh AS ReferenceHigh, r.ReferenceText AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, r.UpdatedAt AS UpdatedAt FROM InvestigationResults r INNER JOIN Investigations i ON i.InvestigationID = r.InvestigationID INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode INNER JOIN ResultCodes rc ON rc.ResultCode = r.ResultCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode UNION ALL SELECT CAST(3 AS tinyint) AS Source, i.InvestigationID AS ID, i.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, ic.LoincCode AS LoincCode, ic.SnomedCode AS SnomedCode, ic.Name AS Name, i.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, CAST(NULL AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, CAST(NULL AS nvarchar(20)) AS Unit, CAST(NULL AS varchar(20)) AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, i.Conclusion AS ValueText, CASE WHEN i.Conclusion IS NULL AND NOT EXISTS (SELECT 1 FROM InvestigationResults x WHERE x.InvestigationID = i.InvestigationID) THEN 'temp-unknown' END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, i.UpdatedAt AS UpdatedAt FROM Investigations i INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode) AS [t0] WHERE ([t0].[InternalID] = @p2 AND [t0].[LoincCode] = @p3 AND ([t0].[CollectedAt] >= @p4 OR [t0].[ObservedAt] >= @p5) AND ([t0].[CollectedAt] < @p6 OR [t0].[ObservedAt] < @p7)) ORDER BY [t0].[Source], [t0].[ID]
-- @p1 Int, @p2 Int, @p3 VarChar, @p4 DateTimeOffset, @p5 DateTime, @p6 DateTimeOffset, @p7 DateTime

-- Procedure?patient&date (short)
SELECT TOP (@p1) [t0].[ProcedureID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[ProcedureStatusCode], [t0].[InternalID] FROM [Procedures] AS [t0] WHERE ([t0].[InternalID] = @p2 AND ((([t0].[PerformedEnd] >= @p3 OR ([t0].[PerformedEnd] IS NULL AND [t0].[PerformedStart] IS NOT NULL)) OR ([t0].[PerformedStart] >= @p4 AND [t0].[PerformedEnd] < @p5)) OR ([t0].[PerformedDate] >= @p6 AND [t0].[PerformedStart] IS NULL))) ORDER BY [t0].[ProcedureID]
-- @p1 Int, @p2 Int, @p3 DateTime, @p4 DateTime, @p5 DateTime, @p6 Date

-- Procedure?patient&date (full)
SELECT TOP (@p1) [t0].[ProcedureID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[ProcedureStatusCode], [t0].[InternalID] FROM [Procedures] AS [t0] WHERE ([t0].[InternalID] = @p2 AND ((([t0].[PerformedEnd] >= @p3 OR ([t0].[PerformedEnd] IS NULL AND [t0].[PerformedStart] IS NOT NULL)) OR ([t0].[PerformedStart] >= @p4 AND [t0].[PerformedEnd] < @p5)) OR (([t0].[PerformedDate] >= @p6 OR ([t0].[PerformedDate] >= @p7 AND [t0].[PerformedDate] < @p8)) AND [t0].[PerformedStart] IS NULL)) AND ((([t0].[PerformedStart] < @p9 OR ([t0].[PerformedStart] IS NULL AND [t0].[PerformedEnd] IS NOT NULL)) OR ([t0].[PerformedStart] >= @p10 AND [t0].[PerformedEnd] < @p11)) OR (([t0].[PerformedDate] < @p12 OR ([t0].[PerformedDate] >= @p13 AND [t0].[PerformedDate] < @p14)) AND [t0].[PerformedStart] IS NULL))) ORDER BY [t0].[ProcedureID]
-- @p1 Int, @p2 Int, @p3 DateTime, @p4 DateTime, @p5 DateTime, @p6 Date, @p7 Date, @p8 Date, @p9 DateTime, @p10 DateTime, @p11 DateTime, @p12 Date, @p13 Date, @p14 Date

-- Procedure?patient&code&date (short)
SELECT TOP (@p1) [t0].[ProcedureID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[ProcedureStatusCode], [t0].[InternalID] FROM [Procedures] AS [t0] LEFT JOIN [ProcedureCodes] AS [t1] ON [t1].[ProcedureCode] = [t0].[ProcedureCode] WHERE ([t0].[InternalID] = @p2 AND [t1].[SnomedCode] = @p3 AND ((([t0].[PerformedEnd] >= @p4 OR ([t0].[PerformedEnd] IS NULL AND [t0].[PerformedStart] IS NOT NULL)) OR ([t0].[PerformedStart] >= @p5 AND [t0].[PerformedEnd] < @p6)) OR ([t0].[PerformedDate] >= @p7 AND [t0].[PerformedStart] IS NULL))) ORDER BY [t0].[ProcedureID]
-- @p1 Int, @p2 Int, @p3 VarChar, @p4 DateTime, @p5 DateTime, @p6 DateTime, @p7 Date

-- Procedure?patient&code&date (full)
SELECT TOP (@p1) [t0].[ProcedureID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[ProcedureStatusCode], [t0].[InternalID] FROM [Procedures] AS [t0] LEFT JOIN [ProcedureCodes] AS [t1] ON [t1].[ProcedureCode] = [t0].[ProcedureCode] WHERE ([t0].[InternalID] = @p2 AND [t1].[SnomedCode] = @p3 AND ((([t0].[PerformedEnd] >= @p4 OR ([t0].[PerformedEnd] IS NULL AND [t0].[PerformedStart] IS NOT NULL)) OR ([t0].[PerformedStart] >= @p5 AND [t0].[PerformedEnd] < @p6)) OR (([t0].[PerformedDate] >= @p7 OR ([t0].[PerformedDate] >= @p8 AND [t0].[PerformedDate] < @p9)) AND [t0].[PerformedStart] IS NULL)) AND ((([t0].[PerformedStart] < @p10 OR ([t0].[PerformedStart] IS NULL AND [t0].[PerformedEnd] IS NOT NULL)) OR ([t0].[PerformedStart] >= @p11 AND [t0].[PerformedEnd] < @p12)) OR (([t0].[PerformedDate] < @p13 OR ([t0].[PerformedDate] >= @p14 AND [t0].[PerformedDate] < @p15)) AND [t0].[PerformedStart] IS NULL))) ORDER BY [t0].[ProcedureID]
-- @p1 Int, @p2 Int, @p3 VarChar, @p4 DateTime, @p5 DateTime, @p6 DateTime, @p7 Date, @p8 Date, @p9 Date, @p10 DateTime, @p11 DateTime, @p12 DateTime, @p13 Date, @p14 Date, @p15 Date

-- Procedure?patient&status (short)
-- Procedure?patient&status (full)
SELECT TOP (@p1) [t0].[ProcedureID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[ProcedureStatusCode], [t0].[InternalID] FROM [Procedures] AS [t0] WHERE ([t0].[InternalID] = @p2 AND [t0].[ProcedureStatusCode] = @p3) ORDER BY [t0].[ProcedureID]
-- @p1 Int, @p2 Int, @p3 VarChar

-- RelatedPerson?patient&relationship (short)
-- RelatedPerson?patient&relationship (full)
SELECT TOP (@p1) [t0].[RelatedPersonID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive], [t0].[InternalID] FROM [RelatedPersons] AS [t0] WHERE ([t0].[InternalID] = @p2 AND [t0].[RelationshipCode] = @p3) ORDER BY [t0].[RelatedPersonID]
-- @p1 Int, @p2 Int, @p3 VarChar

-- RelatedPerson?patient&name (short)
-- RelatedPerson?patient&name (full)
SELECT TOP (@p1) [t0].[RelatedPersonID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive], [t0].[InternalID] FROM [RelatedPersons] AS [t0] WHERE ([t0].[InternalID] = @p2 AND ([t0].[Surname] LIKE @p3 ESCAPE '\' OR [t0].[Firstname] LIKE @p4 ESCAPE '\' OR [t0].[Title] LIKE @p5 ESCAPE '\')) ORDER BY [t0].[RelatedPersonID]
-- @p1 Int, @p2 Int, @p3 NVarChar, @p4 NVarChar, @p5 NVarChar

-- PractitionerRole?practitioner.identifier (HPI-I)
SELECT TOP (@p1) [t0].[PractitionerRoleID], [t0].[RowVersion], [t0].[UpdatedAt] FROM [PractitionerRoles] AS [t0] WHERE [t0].[PractitionerID] IN (SELECT [t1].[PractitionerID] FROM [Practitioners] AS [t1] WHERE [t1].[HPII] = @p2) ORDER BY [t0].[PractitionerRoleID]
-- @p1 Int, @p2 VarChar

-- AllergyIntolerance?patient.identifier (IHI)
SELECT TOP (@p1) [t0].[AllergyID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VerificationStatusCode], [t0].[ClinicalStatusCode], [t0].[InternalID] FROM [Allergies] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[InternalID] IN (SELECT [t1].[InternalID] FROM [Patients] AS [t1] WHERE (([t1].[IsDeleted] <> @p3 OR [t1].[IsDeleted] IS NULL) AND [t1].[IHI] = @p4))) ORDER BY [t0].[AllergyID]
-- @p1 Int, @p2 Bit, @p3 Bit, @p4 VarChar

-- AllergyIntolerance?patient.identifier (Medicare number)
SELECT TOP (@p1) [t0].[AllergyID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VerificationStatusCode], [t0].[ClinicalStatusCode], [t0].[InternalID] FROM [Allergies] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[InternalID] IN (SELECT [t1].[InternalID] FROM [Patients] AS [t1] WHERE (([t1].[IsDeleted] <> @p3 OR [t1].[IsDeleted] IS NULL) AND ([t1].[MedicareNo] = @p4 AND [t1].[MedicareLineNo] = @p5)))) ORDER BY [t0].[AllergyID]
-- @p1 Int, @p2 Bit, @p3 Bit, @p4 VarChar, @p5 TinyInt

-- AllergyIntolerance?patient.identifier (DVA number)
SELECT TOP (@p1) [t0].[AllergyID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VerificationStatusCode], [t0].[ClinicalStatusCode], [t0].[InternalID] FROM [Allergies] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[InternalID] IN (SELECT [t1].[InternalID] FROM [Patients] AS [t1] WHERE (([t1].[IsDeleted] <> @p3 OR [t1].[IsDeleted] IS NULL) AND [t1].[DVANo] = @p4))) ORDER BY [t0].[AllergyID]
-- @p1 Int, @p2 Bit, @p3 Bit, @p4 VarChar

-- Condition?patient.identifier (IHI)
SELECT TOP (@p1) [t0].[ConditionID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VerificationStatusCode], [t0].[ClinicalStatusCode], [t0].[AbatementDate], [t0].[InternalID] FROM [Conditions] AS [t0] WHERE ([t0].[IsConfidential] = @p2 AND ([t0].[IsDeleted] <> @p3 OR [t0].[IsDeleted] IS NULL) AND [t0].[InternalID] IN (SELECT [t1].[InternalID] FROM [Patients] AS [t1] WHERE (([t1].[IsDeleted] <> @p4 OR [t1].[IsDeleted] IS NULL) AND [t1].[IHI] = @p5))) ORDER BY [t0].[ConditionID]
-- @p1 Int, @p2 Bit, @p3 Bit, @p4 Bit, @p5 VarChar

-- Condition?patient.identifier (Medicare number)
SELECT TOP (@p1) [t0].[ConditionID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VerificationStatusCode], [t0].[ClinicalStatusCode], [t0].[AbatementDate], [t0].[InternalID] FROM [Conditions] AS [t0] WHERE ([t0].[IsConfidential] = @p2 AND ([t0].[IsDeleted] <> @p3 OR [t0].[IsDeleted] IS NULL) AND [t0].[InternalID] IN (SELECT [t1].[InternalID] FROM [Patients] AS [t1] WHERE (([t1].[IsDeleted] <> @p4 OR [t1].[IsDeleted] IS NULL) AND ([t1].[MedicareNo] = @p5 AND [t1].[MedicareLineNo] = @p6)))) ORDER BY [t0].[ConditionID]
-- @p1 Int, @p2 Bit, @p3 Bit, @p4 Bit, @p5 VarChar, @p6 TinyInt

-- Condition?patient.identifier (DVA number)
SELECT TOP (@p1) [t0].[ConditionID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VerificationStatusCode], [t0].[ClinicalStatusCode], [t0].[AbatementDate], [t0].[InternalID] FROM [Conditions] AS [t0] WHERE ([t0].[IsConfidential] = @p2 AND ([t0].[IsDeleted] <> @p3 OR [t0].[IsDeleted] IS NULL) AND [t0].[InternalID] IN (SELECT [t1].[InternalID] FROM [Patients] AS [t1] WHERE (([t1].[IsDeleted] <> @p4 OR [t1].[IsDeleted] IS NULL) AND [t1].[DVANo] = @p5))) ORDER BY [t0].[ConditionID]
-- @p1 Int, @p2 Bit, @p3 Bit, @p4 Bit, @p5 VarChar

-- Encounter?patient.identifier (IHI)
SELECT TOP (@p1) [t0].[VisitID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VisitStatusCode], [t0].[VisitClassCode] FROM [Visits] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[InternalID] IN (SELECT [t1].[InternalID] FROM [Patients] AS [t1] WHERE (([t1].[IsDeleted] <> @p3 OR [t1].[IsDeleted] IS NULL) AND [t1].[IHI] = @p4))) ORDER BY [t0].[VisitID]
-- @p1 Int, @p2 Bit, @p3 Bit, @p4 VarChar

-- Encounter?patient.identifier (Medicare number)
SELECT TOP (@p1) [t0].[VisitID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VisitStatusCode], [t0].[VisitClassCode] FROM [Visits] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[InternalID] IN (SELECT [t1].[InternalID] FROM [Patients] AS [t1] WHERE (([t1].[IsDeleted] <> @p3 OR [t1].[IsDeleted] IS NULL) AND ([t1].[MedicareNo] = @p4 AND [t1].[MedicareLineNo] = @p5)))) ORDER BY [t0].[VisitID]
-- @p1 Int, @p2 Bit, @p3 Bit, @p4 VarChar, @p5 TinyInt

-- Encounter?patient.identifier (DVA number)
SELECT TOP (@p1) [t0].[VisitID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VisitStatusCode], [t0].[VisitClassCode] FROM [Visits] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[InternalID] IN (SELECT [t1].[InternalID] FROM [Patients] AS [t1] WHERE (([t1].[IsDeleted] <> @p3 OR [t1].[IsDeleted] IS NULL) AND [t1].[DVANo] = @p4))) ORDER BY [t0].[VisitID]
-- @p1 Int, @p2 Bit, @p3 Bit, @p4 VarChar

-- Encounter?practitioner.identifier (HPI-I)
SELECT TOP (@p1) [t0].[VisitID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[VisitStatusCode], [t0].[VisitClassCode] FROM [Visits] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[PractitionerID] IN (SELECT [t1].[PractitionerID] FROM [Practitioners] AS [t1] WHERE [t1].[HPII] = @p3)) ORDER BY [t0].[VisitID]
-- @p1 Int, @p2 Bit, @p3 VarChar

-- Immunization?patient.identifier (IHI)
SELECT TOP (@p1) [t0].[ImmunisationID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[ImmunisationStatusCode], [t1].[AmtCode], [t1].[AirCode], [t1].[Name], [t0].[VaccineText], [t0].[InternalID], [t0].[GivenDate], [t0].[GivenText] FROM [Immunisations] AS [t0] LEFT JOIN [Vaccines] AS [t1] ON [t1].[VaccineID] = [t0].[VaccineID] WHERE [t0].[InternalID] IN (SELECT [t2].[InternalID] FROM [Patients] AS [t2] WHERE (([t2].[IsDeleted] <> @p2 OR [t2].[IsDeleted] IS NULL) AND [t2].[IHI] = @p3)) ORDER BY [t0].[ImmunisationID]
-- @p1 Int, @p2 Bit, @p3 VarChar

-- Immunization?patient.identifier (Medicare number)
SELECT TOP (@p1) [t0].[ImmunisationID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[ImmunisationStatusCode], [t1].[AmtCode], [t1].[AirCode], [t1].[Name], [t0].[VaccineText], [t0].[InternalID], [t0].[GivenDate], [t0].[GivenText] FROM [Immunisations] AS [t0] LEFT JOIN [Vaccines] AS [t1] ON [t1].[VaccineID] = [t0].[VaccineID] WHERE [t0].[InternalID] IN (SELECT [t2].[InternalID] FROM [Patients] AS [t2] WHERE (([t2].[IsDeleted] <> @p2 OR [t2].[IsDeleted] IS NULL) AND ([t2].[MedicareNo] = @p3 AND [t2].[MedicareLineNo] = @p4))) ORDER BY [t0].[ImmunisationID]
-- @p1 Int, @p2 Bit, @p3 VarChar, @p4 TinyInt

-- Immunization?patient.identifier (DVA number)
SELECT TOP (@p1) [t0].[ImmunisationID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[ImmunisationStatusCode], [t1].[AmtCode], [t1].[AirCode], [t1].[Name], [t0].[VaccineText], [t0].[InternalID], [t0].[GivenDate], [t0].[GivenText] FROM [Immunisations] AS [t0] LEFT JOIN [Vaccines] AS [t1] ON [t1].[VaccineID] = [t0].[VaccineID] WHERE [t0].[InternalID] IN (SELECT [t2].[InternalID] FROM [Patients] AS [t2] WHERE (([t2].[IsDeleted] <> @p2 OR [t2].[IsDeleted] IS NULL) AND [t2].[DVANo] = @p3)) ORDER BY [t0].[ImmunisationID]
-- @p1 Int, @p2 Bit, @p3 VarChar

-- MedicationRequest?patient.identifier (IHI)
SELECT TOP (@p1) [t0].[PrescriptionID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[PrescriptionStatusCode], [t0].[IntentCode], [t0].[DrugText], [t0].[DrugID], [t1].[PbsCode], [t1].[AmtCode], [t0].[InternalID] FROM [Prescriptions] AS [t0] LEFT JOIN [Drugs] AS [t1] ON [t1].[DrugID] = [t0].[DrugID] WHERE [t0].[InternalID] IN (SELECT [t2].[InternalID] FROM [Patients] AS [t2] WHERE (([t2].[IsDeleted] <> @p2 OR [t2].[IsDeleted] IS NULL) AND [t2].[IHI] = @p3)) ORDER BY [t0].[PrescriptionID]
-- @p1 Int, @p2 Bit, @p3 VarChar

-- MedicationRequest?patient.identifier (Medicare number)
SELECT TOP (@p1) [t0].[PrescriptionID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[PrescriptionStatusCode], [t0].[IntentCode], [t0].[DrugText], [t0].[DrugID], [t1].[PbsCode], [t1].[AmtCode], [t0].[InternalID] FROM [Prescriptions] AS [t0] LEFT JOIN [Drugs] AS [t1] ON [t1].[DrugID] = [t0].[DrugID] WHERE [t0].[InternalID] IN (SELECT [t2].[InternalID] FROM [Patients] AS [t2] WHERE (([t2].[IsDeleted] <> @p2 OR [t2].[IsDeleted] IS NULL) AND ([t2].[MedicareNo] = @p3 AND [t2].[MedicareLineNo] = @p4))) ORDER BY [t0].[PrescriptionID]
-- @p1 Int, @p2 Bit, @p3 VarChar, @p4 TinyInt

-- MedicationRequest?patient.identifier (DVA number)
SELECT TOP (@p1) [t0].[PrescriptionID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[PrescriptionStatusCode], [t0].[IntentCode], [t0].[DrugText], [t0].[DrugID], [t1].[PbsCode], [t1].[AmtCode], [t0].[InternalID] FROM [Prescriptions] AS [t0] LEFT JOIN [Drugs] AS [t1] ON [t1].[DrugID] = [t0].[DrugID] WHERE [t0].[InternalID] IN (SELECT [t2].[InternalID] FROM [Patients] AS [t2] WHERE (([t2].[IsDeleted] <> @p2 OR [t2].[IsDeleted] IS NULL) AND [t2].[DVANo] = @p3)) ORDER BY [t0].[PrescriptionID]
-- @p1 Int, @p2 Bit, @p3 VarChar

-- MedicationStatement?patient.identifier (IHI)
SELECT TOP (@p1) [t0].[MedicationID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[MedicationStatusCode], [t0].[DrugText], [t0].[DrugID], [t1].[PbsCode], [t1].[AmtCode], [t0].[InternalID] FROM [Medications] AS [t0] LEFT JOIN [Drugs] AS [t1] ON [t1].[DrugID] = [t0].[DrugID] WHERE [t0].[InternalID] IN (SELECT [t2].[InternalID] FROM [Patients] AS [t2] WHERE (([t2].[IsDeleted] <> @p2 OR [t2].[IsDeleted] IS NULL) AND [t2].[IHI] = @p3)) ORDER BY [t0].[MedicationID]
-- @p1 Int, @p2 Bit, @p3 VarChar

-- MedicationStatement?patient.identifier (Medicare number)
SELECT TOP (@p1) [t0].[MedicationID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[MedicationStatusCode], [t0].[DrugText], [t0].[DrugID], [t1].[PbsCode], [t1].[AmtCode], [t0].[InternalID] FROM [Medications] AS [t0] LEFT JOIN [Drugs] AS [t1] ON [t1].[DrugID] = [t0].[DrugID] WHERE [t0].[InternalID] IN (SELECT [t2].[InternalID] FROM [Patients] AS [t2] WHERE (([t2].[IsDeleted] <> @p2 OR [t2].[IsDeleted] IS NULL) AND ([t2].[MedicareNo] = @p3 AND [t2].[MedicareLineNo] = @p4))) ORDER BY [t0].[MedicationID]
-- @p1 Int, @p2 Bit, @p3 VarChar, @p4 TinyInt

-- MedicationStatement?patient.identifier (DVA number)
SELECT TOP (@p1) [t0].[MedicationID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[MedicationStatusCode], [t0].[DrugText], [t0].[DrugID], [t1].[PbsCode], [t1].[AmtCode], [t0].[InternalID] FROM [Medications] AS [t0] LEFT JOIN [Drugs] AS [t1] ON [t1].[DrugID] = [t0].[DrugID] WHERE [t0].[InternalID] IN (SELECT [t2].[InternalID] FROM [Patients] AS [t2] WHERE (([t2].[IsDeleted] <> @p2 OR [t2].[IsDeleted] IS NULL) AND [t2].[DVANo] = @p3)) ORDER BY [t0].[MedicationID]
-- @p1 Int, @p2 Bit, @p3 VarChar

-- Observation?patient.identifier (IHI)
SELECT TOP (@p1) [t0].[Source], [t0].[ID], [t0].[UpdatedAt], [t0].[Status], [t0].[LoincCode], [t0].[SnomedCode], [t0].[Name], [t0].[ProfileKey] FROM (SELECT CAST(1 AS tinyint) AS Source, o.ObservationID AS ID, o.InternalID AS InternalID, o.VisitID AS VisitID, o.ObservationTypeCode AS ProfileKey, t.CategoryCode AS CategoryCode, CAST(NULL AS varchar(4)) AS DisciplineCode, t.LoincCode AS LoincCode, t.SnomedCode AS SnomedCode, t.Name AS Name, o.ObservationStatusCode AS Status, CAST(NULL AS datetimeoffset(0)) AS CollectedAt, o.ObservedAt AS ObservedAt, CAST(NULL AS datetimeoffset(3)) AS ReportedAt, o.RecordedByID AS PractitionerID, CAST(NULL AS int) AS OrganisationID, CAST(o.Value AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, t.Unit AS Unit, t.UcumCode AS UcumCode, o.ValueCode AS ValueCode, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL THEN o.ValueText END AS ValueText, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL AND o.ValueText IS NULL THEN COALESCE(o.AbsentReasonCode, CASE WHEN o.ObservationTypeCode <> 'BP' THEN 'unknown' END) END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, CAST(NULL AS varchar(30)) AS SpecimenSnomed, CAST(NULL AS nvarchar(60)) AS SpecimenName, a.Description AS AnswerName, COALESCE(o.Comment, CASE WHEN o.ValueCode IS NOT NULL THEN o.ValueText END) AS Note, o.UpdatedAt AS UpdatedAt FROM Observations o INNER JOIN ObservationTypes t ON t.ObservationTypeCode = o.ObservationTypeCode LEFT JOIN BodySites s ON s.BodySiteCode = o.BodySiteCode LEFT JOIN ObservationAnswers a ON a.AnswerCode = o.ValueCode UNION ALL SELECT CAST(2 AS tinyint) AS Source, r.ResultID AS ID, r.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, rc.LoincCode AS LoincCode, CAST(NULL AS varchar(18)) AS SnomedCode, rc.Name AS Name, r.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, r.Value AS Amount, r.Comparator AS Comparator, rc.Unit AS Unit, rc.UcumCode AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, CASE WHEN r.Value IS NULL THEN r.ValueText END AS ValueText, CASE WHEN r.Value IS NULL AND r.ValueText IS NULL THEN COALESCE(r.AbsentReasonCode, 'unknown') END AS AbsentReasonCode, r.AbnormalFlagCode AS AbnormalFlagCode, r.ReferenceLow AS ReferenceLow, r.ReferenceHigh AS ReferenceHigh, r.ReferenceText AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, r.UpdatedAt AS UpdatedAt FROM InvestigationResults r INNER JOIN Investigations i ON i.InvestigationID = r.InvestigationID INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode INNER JOIN ResultCodes rc ON rc.ResultCode = r.ResultCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode UNION ALL SELECT CAST(3 AS tinyint) AS Source, i.InvestigationID AS ID, i.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, ic.LoincCode AS LoincCode, ic.SnomedCode AS SnomedCode, ic.Name AS Name, i.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, CAST(NULL AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, CAST(NULL AS nvarchar(20)) AS Unit, CAST(NULL AS varchar(20)) AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, i.Conclusion AS ValueText, CASE WHEN i.Conclusion IS NULL AND NOT EXISTS (SELECT 1 FROM InvestigationResults x WHERE x.InvestigationID = i.InvestigationID) THEN 'temp-unknown' END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, i.UpdatedAt AS UpdatedAt FROM Investigations i INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode) AS [t0] WHERE [t0].[InternalID] IN (SELECT [t1].[InternalID] FROM [Patients] AS [t1] WHERE (([t1].[IsDeleted] <> @p2 OR [t1].[IsDeleted] IS NULL) AND [t1].[IHI] = @p3)) ORDER BY [t0].[Source], [t0].[ID]
-- @p1 Int, @p2 Bit, @p3 VarChar

-- Observation?patient.identifier (Medicare number)
SELECT TOP (@p1) [t0].[Source], [t0].[ID], [t0].[UpdatedAt], [t0].[Status], [t0].[LoincCode], [t0].[SnomedCode], [t0].[Name], [t0].[ProfileKey] FROM (SELECT CAST(1 AS tinyint) AS Source, o.ObservationID AS ID, o.InternalID AS InternalID, o.VisitID AS VisitID, o.ObservationTypeCode AS ProfileKey, t.CategoryCode AS CategoryCode, CAST(NULL AS varchar(4)) AS DisciplineCode, t.LoincCode AS LoincCode, t.SnomedCode AS SnomedCode, t.Name AS Name, o.ObservationStatusCode AS Status, CAST(NULL AS datetimeoffset(0)) AS CollectedAt, o.ObservedAt AS ObservedAt, CAST(NULL AS datetimeoffset(3)) AS ReportedAt, o.RecordedByID AS PractitionerID, CAST(NULL AS int) AS OrganisationID, CAST(o.Value AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, t.Unit AS Unit, t.UcumCode AS UcumCode, o.ValueCode AS ValueCode, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL THEN o.ValueText END AS ValueText, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL AND o.ValueText IS NULL THEN COALESCE(o.AbsentReasonCode, CASE WHEN o.ObservationTypeCode <> 'BP' THEN 'unknown' END) END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, CAST(NULL AS varchar(30)) AS SpecimenSnomed, CAST(NULL AS nvarchar(60)) AS SpecimenName, a.Description AS AnswerName, COALESCE(o.Comment, CASE WHEN o.ValueCode IS NOT NULL THEN o.ValueText END) AS Note, o.UpdatedAt AS UpdatedAt FROM Observations o INNER JOIN ObservationTypes t ON t.ObservationTypeCode = o.ObservationTypeCode LEFT JOIN BodySites s ON s.BodySiteCode = o.BodySiteCode LEFT JOIN ObservationAnswers a ON a.AnswerCode = o.ValueCode UNION ALL SELECT CAST(2 AS tinyint) AS Source, r.ResultID AS ID, r.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, rc.LoincCode AS LoincCode, CAST(NULL AS varchar(18)) AS SnomedCode, rc.Name AS Name, r.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, r.Value AS Amount, r.Comparator AS Comparator, rc.Unit AS Unit, rc.UcumCode AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, CASE WHEN r.Value IS NULL THEN r.ValueText END AS ValueText, CASE WHEN r.Value IS NULL AND r.ValueText IS NULL THEN COALESCE(r.AbsentReasonCode, 'unknown') END AS AbsentReasonCode, r.AbnormalFlagCode AS AbnormalFlagCode, r.ReferenceLow AS ReferenceLow, r.ReferenceHigh AS ReferenceHigh, r.ReferenceText AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, r.UpdatedAt AS UpdatedAt FROM InvestigationResults r INNER JOIN Investigations i ON i.InvestigationID = r.InvestigationID INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode INNER JOIN ResultCodes rc ON rc.ResultCode = r.ResultCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode UNION ALL SELECT CAST(3 AS tinyint) AS Source, i.InvestigationID AS ID, i.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, ic.LoincCode AS LoincCode, ic.SnomedCode AS SnomedCode, ic.Name AS Name, i.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, CAST(NULL AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, CAST(NULL AS nvarchar(20)) AS Unit, CAST(NULL AS varchar(20)) AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, i.Conclusion AS ValueText, CASE WHEN i.Conclusion IS NULL AND NOT EXISTS (SELECT 1 FROM InvestigationResults x WHERE x.InvestigationID = i.InvestigationID) THEN 'temp-unknown' END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, i.UpdatedAt AS UpdatedAt FROM Investigations i INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode) AS [t0] WHERE [t0].[InternalID] IN (SELECT [t1].[InternalID] FROM [Patients] AS [t1] WHERE (([t1].[IsDeleted] <> @p2 OR [t1].[IsDeleted] IS NULL) AND ([t1].[MedicareNo] = @p3 AND [t1].[MedicareLineNo] = @p4))) ORDER BY [t0].[Source], [t0].[ID]
-- @p1 Int, @p2 Bit, @p3 VarChar, @p4 TinyInt

-- Observation?patient.identifier (DVA number)
SELECT TOP (@p1) [t0].[Source], [t0].[ID], [t0].[UpdatedAt], [t0].[Status], [t0].[LoincCode], [t0].[SnomedCode], [t0].[Name], [t0].[ProfileKey] FROM (SELECT CAST(1 AS tinyint) AS Source, o.ObservationID AS ID, o.InternalID AS InternalID, o.VisitID AS VisitID, o.ObservationTypeCode AS ProfileKey, t.CategoryCode AS CategoryCode, CAST(NULL AS varchar(4)) AS DisciplineCode, t.LoincCode AS LoincCode, t.SnomedCode AS SnomedCode, t.Name AS Name, o.ObservationStatusCode AS Status, CAST(NULL AS datetimeoffset(0)) AS CollectedAt, o.ObservedAt AS ObservedAt, CAST(NULL AS datetimeoffset(3)) AS ReportedAt, o.RecordedByID AS PractitionerID, CAST(NULL AS int) AS OrganisationID, CAST(o.Value AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, t.Unit AS Unit, t.UcumCode AS UcumCode, o.ValueCode AS ValueCode, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL THEN o.ValueText END AS ValueText, CASE WHEN o.Value IS NULL AND o.ValueCode IS NULL AND o.ValueText IS NULL THEN COALESCE(o.AbsentReasonCode, CASE WHEN o.ObservationTypeCode <> 'BP' THEN 'unknown' END) END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, CAST(NULL AS varchar(30)) AS SpecimenSnomed, CAST(NULL AS nvarchar(60)) AS SpecimenName, a.Description AS AnswerName, COALESCE(o.Comment, CASE WHEN o.ValueCode IS NOT NULL THEN o.ValueText END) AS Note, o.UpdatedAt AS UpdatedAt FROM Observations o INNER JOIN ObservationTypes t ON t.ObservationTypeCode = o.ObservationTypeCode LEFT JOIN BodySites s ON s.BodySiteCode = o.BodySiteCode LEFT JOIN ObservationAnswers a ON a.AnswerCode = o.ValueCode UNION ALL SELECT CAST(2 AS tinyint) AS Source, r.ResultID AS ID, r.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, rc.LoincCode AS LoincCode, CAST(NULL AS varchar(18)) AS SnomedCode, rc.Name AS Name, r.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, r.Value AS Amount, r.Comparator AS Comparator, rc.Unit AS Unit, rc.UcumCode AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, CASE WHEN r.Value IS NULL THEN r.ValueText END AS ValueText, CASE WHEN r.Value IS NULL AND r.ValueText IS NULL THEN COALESCE(r.AbsentReasonCode, 'unknown') END AS AbsentReasonCode, r.AbnormalFlagCode AS AbnormalFlagCode, r.ReferenceLow AS ReferenceLow, r.ReferenceHigh AS ReferenceHigh, r.ReferenceText AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, r.UpdatedAt AS UpdatedAt FROM InvestigationResults r INNER JOIN Investigations i ON i.InvestigationID = r.InvestigationID INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode INNER JOIN ResultCodes rc ON rc.ResultCode = r.ResultCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode UNION ALL SELECT CAST(3 AS tinyint) AS Source, i.InvestigationID AS ID, i.InternalID AS InternalID, CAST(NULL AS int) AS VisitID, ic.CategoryCode AS ProfileKey, ic.CategoryCode AS CategoryCode, ic.DisciplineCode AS DisciplineCode, ic.LoincCode AS LoincCode, ic.SnomedCode AS SnomedCode, ic.Name AS Name, i.ObservationStatusCode AS Status, i.CollectedAt AS CollectedAt, CAST(NULL AS datetime) AS ObservedAt, i.ReportedAt AS ReportedAt, CAST(NULL AS int) AS PractitionerID, i.PerformedByOrganisationID AS OrganisationID, CAST(NULL AS decimal(18,4)) AS Amount, CAST(NULL AS char(1)) AS Comparator, CAST(NULL AS nvarchar(20)) AS Unit, CAST(NULL AS varchar(20)) AS UcumCode, CAST(NULL AS varchar(10)) AS ValueCode, i.Conclusion AS ValueText, CASE WHEN i.Conclusion IS NULL AND NOT EXISTS (SELECT 1 FROM InvestigationResults x WHERE x.InvestigationID = i.InvestigationID) THEN 'temp-unknown' END AS AbsentReasonCode, CAST(NULL AS varchar(2)) AS AbnormalFlagCode, CAST(NULL AS decimal(18,4)) AS ReferenceLow, CAST(NULL AS decimal(18,4)) AS ReferenceHigh, CAST(NULL AS nvarchar(100)) AS ReferenceText, s.ConceptCode AS BodySiteSnomed, s.Description AS BodySiteName, sp.ConceptCode AS SpecimenSnomed, sp.Description AS SpecimenName, CAST(NULL AS nvarchar(60)) AS AnswerName, CAST(NULL AS nvarchar(200)) AS Note, i.UpdatedAt AS UpdatedAt FROM Investigations i INNER JOIN InvestigationCodes ic ON ic.InvestigationCode = i.InvestigationCode LEFT JOIN BodySites s ON s.BodySiteCode = i.BodySiteCode LEFT JOIN Specimens sp ON sp.SpecimenCode = i.SpecimenCode) AS [t0] WHERE [t0].[InternalID] IN (SELECT [t1].[InternalID] FROM [Patients] AS [t1] WHERE (([t1].[IsDeleted] <> @p2 OR [t1].[IsDeleted] IS NULL) AND [t1].[DVANo] = @p3)) ORDER BY [t0].[Source], [t0].[ID]
-- @p1 Int, @p2 Bit, @p3 VarChar

-- Procedure?patient.identifier (IHI)
SELECT TOP (@p1) [t0].[ProcedureID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[ProcedureStatusCode], [t0].[InternalID] FROM [Procedures] AS [t0] WHERE [t0].[InternalID] IN (SELECT [t1].[InternalID] FROM [Patients] AS [t1] WHERE (([t1].[IsDeleted] <> @p2 OR [t1].[IsDeleted] IS NULL) AND [t1].[IHI] = @p3)) ORDER BY [t0].[ProcedureID]
-- @p1 Int, @p2 Bit, @p3 VarChar

-- Procedure?patient.identifier (Medicare number)
SELECT TOP (@p1) [t0].[ProcedureID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[ProcedureStatusCode], [t0].[InternalID] FROM [Procedures] AS [t0] WHERE [t0].[InternalID] IN (SELECT [t1].[InternalID] FROM [Patients] AS [t1] WHERE (([t1].[IsDeleted] <> @p2 OR [t1].[IsDeleted] IS NULL) AND ([t1].[MedicareNo] = @p3 AND [t1].[MedicareLineNo] = @p4))) ORDER BY [t0].[ProcedureID]
-- @p1 Int, @p2 Bit, @p3 VarChar, @p4 TinyInt

-- Procedure?patient.identifier (DVA number)
SELECT TOP (@p1) [t0].[ProcedureID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[ProcedureStatusCode], [t0].[InternalID] FROM [Procedures] AS [t0] WHERE [t0].[InternalID] IN (SELECT [t1].[InternalID] FROM [Patients] AS [t1] WHERE (([t1].[IsDeleted] <> @p2 OR [t1].[IsDeleted] IS NULL) AND [t1].[DVANo] = @p3)) ORDER BY [t0].[ProcedureID]
-- @p1 Int, @p2 Bit, @p3 VarChar

-- RelatedPerson?patient.identifier (IHI)
SELECT TOP (@p1) [t0].[RelatedPersonID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive], [t0].[InternalID] FROM [RelatedPersons] AS [t0] WHERE [t0].[InternalID] IN (SELECT [t1].[InternalID] FROM [Patients] AS [t1] WHERE (([t1].[IsDeleted] <> @p2 OR [t1].[IsDeleted] IS NULL) AND [t1].[IHI] = @p3)) ORDER BY [t0].[RelatedPersonID]
-- @p1 Int, @p2 Bit, @p3 VarChar

-- RelatedPerson?patient.identifier (Medicare number)
SELECT TOP (@p1) [t0].[RelatedPersonID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive], [t0].[InternalID] FROM [RelatedPersons] AS [t0] WHERE [t0].[InternalID] IN (SELECT [t1].[InternalID] FROM [Patients] AS [t1] WHERE (([t1].[IsDeleted] <> @p2 OR [t1].[IsDeleted] IS NULL) AND ([t1].[MedicareNo] = @p3 AND [t1].[MedicareLineNo] = @p4))) ORDER BY [t0].[RelatedPersonID]
-- @p1 Int, @p2 Bit, @p3 VarChar, @p4 TinyInt

-- RelatedPerson?patient.identifier (DVA number)
SELECT TOP (@p1) [t0].[RelatedPersonID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[IsActive], [t0].[InternalID] FROM [RelatedPersons] AS [t0] WHERE [t0].[InternalID] IN (SELECT [t1].[InternalID] FROM [Patients] AS [t1] WHERE (([t1].[IsDeleted] <> @p2 OR [t1].[IsDeleted] IS NULL) AND [t1].[DVANo] = @p3)) ORDER BY [t0].[RelatedPersonID]
-- @p1 Int, @p2 Bit, @p3 VarChar

-- Appointment?patient.identifier (IHI)
SELECT TOP (@p1) [t0].[AppointmentID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[AppointmentStatusCode], [t0].[InternalID], [t0].[PractitionerID], [t0].[LocationID] FROM [Appointments] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[InternalID] IN (SELECT [t1].[InternalID] FROM [Patients] AS [t1] WHERE (([t1].[IsDeleted] <> @p3 OR [t1].[IsDeleted] IS NULL) AND [t1].[IHI] = @p4))) ORDER BY [t0].[AppointmentID]
-- @p1 Int, @p2 Bit, @p3 Bit, @p4 VarChar

-- Appointment?patient.identifier (Medicare number)
SELECT TOP (@p1) [t0].[AppointmentID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[AppointmentStatusCode], [t0].[InternalID], [t0].[PractitionerID], [t0].[LocationID] FROM [Appointments] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[InternalID] IN (SELECT [t1].[InternalID] FROM [Patients] AS [t1] WHERE (([t1].[IsDeleted] <> @p3 OR [t1].[IsDeleted] IS NULL) AND ([t1].[MedicareNo] = @p4 AND [t1].[MedicareLineNo] = @p5)))) ORDER BY [t0].[AppointmentID]
-- @p1 Int, @p2 Bit, @p3 Bit, @p4 VarChar, @p5 TinyInt

-- Appointment?patient.identifier (DVA number)
SELECT TOP (@p1) [t0].[AppointmentID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[AppointmentStatusCode], [t0].[InternalID], [t0].[PractitionerID], [t0].[LocationID] FROM [Appointments] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[InternalID] IN (SELECT [t1].[InternalID] FROM [Patients] AS [t1] WHERE (([t1].[IsDeleted] <> @p3 OR [t1].[IsDeleted] IS NULL) AND [t1].[DVANo] = @p4))) ORDER BY [t0].[AppointmentID]
-- @p1 Int, @p2 Bit, @p3 Bit, @p4 VarChar

-- Appointment?practitioner.identifier (HPI-I)
SELECT TOP (@p1) [t0].[AppointmentID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[AppointmentStatusCode], [t0].[InternalID], [t0].[PractitionerID], [t0].[LocationID] FROM [Appointments] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[PractitionerID] IN (SELECT [t1].[PractitionerID] FROM [Practitioners] AS [t1] WHERE [t1].[HPII] = @p3)) ORDER BY [t0].[AppointmentID]
-- @p1 Int, @p2 Bit, @p3 VarChar

-- DocumentReference?patient.identifier (IHI)
SELECT TOP (@p1) [t0].[DocumentID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[DocumentStatusCode] FROM [Documents] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[InternalID] IN (SELECT [t1].[InternalID] FROM [Patients] AS [t1] WHERE (([t1].[IsDeleted] <> @p3 OR [t1].[IsDeleted] IS NULL) AND [t1].[IHI] = @p4))) ORDER BY [t0].[DocumentID]
-- @p1 Int, @p2 Bit, @p3 Bit, @p4 VarChar

-- DocumentReference?patient.identifier (Medicare number)
SELECT TOP (@p1) [t0].[DocumentID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[DocumentStatusCode] FROM [Documents] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[InternalID] IN (SELECT [t1].[InternalID] FROM [Patients] AS [t1] WHERE (([t1].[IsDeleted] <> @p3 OR [t1].[IsDeleted] IS NULL) AND ([t1].[MedicareNo] = @p4 AND [t1].[MedicareLineNo] = @p5)))) ORDER BY [t0].[DocumentID]
-- @p1 Int, @p2 Bit, @p3 Bit, @p4 VarChar, @p5 TinyInt

-- DocumentReference?patient.identifier (DVA number)
SELECT TOP (@p1) [t0].[DocumentID], [t0].[RowVersion], [t0].[UpdatedAt], [t0].[DocumentStatusCode] FROM [Documents] AS [t0] WHERE (([t0].[IsDeleted] <> @p2 OR [t0].[IsDeleted] IS NULL) AND [t0].[InternalID] IN (SELECT [t1].[InternalID] FROM [Patients] AS [t1] WHERE (([t1].[IsDeleted] <> @p3 OR [t1].[IsDeleted] IS NULL) AND [t1].[DVANo] = @p4))) ORDER BY [t0].[DocumentID]
-- @p1 Int, @p2 Bit, @p3 Bit, @p4 VarChar
